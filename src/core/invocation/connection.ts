/** Where requests go and as whom. Holds no credentials: they are looked up at every use. */
export interface Connection {
  readonly profile?: string;
  readonly profileSource?: 'setting' | 'environment';
  readonly region: string;
  readonly regionSource: RegionSource;
  /** Only when it is not AWS's own. */
  readonly endpoint?: string;
  readonly endpointSource?: EndpointSource;
  /** As the function's ARN has it, else that of the profile, where its role, permission set or sign-in names one. */
  readonly accountId?: string;
  readonly timeoutMs: number;
  readonly useFipsEndpoint: boolean;
  readonly useDualstackEndpoint: boolean;
  /** A file of certificates to trust, from `AWS_CA_BUNDLE` or `ca_bundle`. */
  readonly caBundle?: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly proxy?: ProxySettings;
}

/** `local`: no region is configured anywhere and none is needed, because the endpoint is on loopback. */
export type RegionSource = 'arn' | 'setting' | 'environment' | 'profile' | 'local';

export type EndpointSource = 'setting' | 'environment' | 'profile';

/** What the editor's settings say about the way out (`http.proxy`, `http.noProxy`, `http.proxyStrictSSL`). */
export interface ProxySettings {
  /** Wins over the environment's proxy. */
  readonly url?: string | undefined;
  /** Hosts that are reached straight, besides those of NO_PROXY. */
  readonly noProxy?: readonly string[] | undefined;
  /** False accepts any certificate. */
  readonly strictSSL?: boolean | undefined;
  /** A PEM file of certificates to trust besides the well-known ones. */
  readonly caFile?: string | undefined;
}
