export type ConnectionErrorName =
  | 'NoRegion'
  | 'UnknownProfile'
  | 'BrokenEndpoint'
  | 'BrokenConfig'
  | 'BrokenProxy'
  | 'ListFailed'
  | 'CredentialsMissing'
  | 'CredentialsExpired'
  | 'CredentialsTimedOut'
  | 'CredentialProcessFailed';

/** Why AWS cannot be talked to, in words for people. */
export class ConnectionError extends Error {
  override readonly name: ConnectionErrorName;
  /** What the user can do about it. */
  readonly remedy: string;

  constructor(name: ConnectionErrorName, message: string, remedy: string) {
    super(message);
    this.name = name;
    this.remedy = remedy;
  }
}
