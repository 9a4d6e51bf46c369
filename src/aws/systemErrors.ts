import type { ErrorRow } from './explanation';
import { pages } from './pages';

const proxyRemedy =
  'Check the editor’s setting http.proxy and the variables HTTPS_PROXY, HTTP_PROXY and NO_PROXY.';
const trustRemedy =
  'If a company proxy signs it, name its root certificate in AWS_CA_BUNDLE or NODE_EXTRA_CA_CERTS (PEM) and restart the editor.';

/** What happens on the way to the service, by the code of Node or of OpenSSL. */
const networkErrors: Readonly<Record<string, ErrorRow>> = {
  ENOTFOUND: {
    cause: '{host} was not found: {message}',
    remedy: 'Check the endpoint, the spelling of the region {region}, and the network.',
    action: 'selectConnection',
  },
  EAI_AGAIN: {
    cause: '{host} could not be looked up, for want of network or DNS: {message}',
    remedy: 'Check the network or VPN, then send again.',
    action: 'retry',
  },
  ECONNREFUSED: {
    cause: 'Nobody listens at {host}: {message}',
    remedy: 'Start the endpoint, or correct its address and port.',
    action: 'retry',
  },
  ECONNRESET: {
    cause: 'The connection to {host} was cut.',
    remedy: 'Check the network, VPN and whatever stands in between.',
    action: 'retry',
  },
  EPIPE: {
    cause: 'The connection to {host} was cut while the request was being sent.',
    remedy: 'Check the network, VPN and whatever stands in between.',
    action: 'retry',
  },
  ETIMEDOUT: {
    cause: 'No connection to {host} came about in time: {message}',
    remedy: 'Check the network, VPN and firewall.',
    action: 'retry',
  },
  EHOSTUNREACH: {
    cause: 'There is no way to {host}.',
    remedy: 'Check the network, VPN and firewall.',
    action: 'retry',
  },
  ENETUNREACH: {
    cause: 'There is no network that leads to {host}.',
    remedy: 'Check the network or VPN.',
    action: 'retry',
  },
  EPROTO: {
    cause: 'The host {host} does not speak TLS as expected.',
    remedy: 'If it speaks plain HTTP, begin the endpoint with http://.',
    action: 'openSettings',
  },
  HPE_INVALID_CONSTANT: {
    cause: 'What {host} answered is not HTTP.',
    remedy: 'Check the endpoint: another kind of server listens there, or it wants https://.',
    action: 'openSettings',
  },
};

/** Why a server is not trusted, by the code of Node or of OpenSSL. `{message}` describes the certificate. */
const certificateErrors: Readonly<Record<string, ErrorRow>> = {
  CERT_HAS_EXPIRED: {
    cause: 'The certificate of {host} has expired: {message}',
    remedy: 'Renew it, or correct this computer’s clock.',
  },
  CERT_NOT_YET_VALID: {
    cause: 'The certificate of {host} is not valid yet: {message}',
    remedy: 'Correct this computer’s clock.',
  },
  DEPTH_ZERO_SELF_SIGNED_CERT: {
    cause: 'The certificate of {host} is self-signed: {message}',
    remedy: 'For a server of your own, name its certificate in AWS_CA_BUNDLE (PEM).',
  },
  SELF_SIGNED_CERT_IN_CHAIN: {
    cause: 'The certificate of {host} comes from an authority that is not trusted: {message}',
    remedy: trustRemedy,
  },
  UNABLE_TO_GET_ISSUER_CERT: {
    cause: 'The certificate of {host} comes from an authority that is not known: {message}',
    remedy: trustRemedy,
  },
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: {
    cause: 'The certificate of {host} comes from an authority that is not known: {message}',
    remedy: trustRemedy,
  },
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: {
    cause: 'The certificate of {host} comes from an authority that is not known: {message}',
    remedy: trustRemedy,
  },
  CERT_REVOKED: {
    cause: 'The certificate of {host} was revoked: {message}',
    remedy: 'Do not send there; ask who runs the server.',
  },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    cause: 'The certificate belongs to another host than {host}: {message}',
    remedy: 'Correct the endpoint, or check whether something answers in its place.',
    action: 'openSettings',
  },
};

/** What we name ourselves: see failure.ts. */
const ownErrors: Readonly<Record<string, ErrorRow>> = {
  Cancelled: {
    cause: 'Cancelled.',
    remedy: 'Send again when you want to.',
    action: 'retry',
  },
  TimedOut: {
    cause: '{host} did not answer within {seconds} s.',
    remedy: 'Check the network, or raise the setting invokeAsync.timeout.',
    action: 'openSettings',
  },
  ProxyRefused: {
    cause: 'The proxy would not connect to {host}: {message}',
    remedy: proxyRemedy,
  },
  Redirected: {
    cause: '{host} points elsewhere: {message}',
    remedy: 'Correct the endpoint. Redirects are not followed, so that no event goes astray.',
    action: 'openSettings',
  },
  NotLambda: {
    cause: '{host} does not answer as Lambda does: {message}',
    remedy: 'Check the endpoint, and whether a proxy or sign-in page stands in between.',
    action: 'openSettings',
  },
  InvokeAsyncNotImplemented: {
    cause: '{host} does not implement the deprecated call InvokeAsync: {message}',
    remedy: 'Use Invoke with InvocationType Event, which every endpoint knows.',
    link: pages.invokeAsync,
    action: 'useInvoke',
  },
  BrokenConfig: {
    cause: '{message}',
    remedy: 'Correct the AWS configuration, then send again.',
    action: 'retry',
  },
  BrokenProxy: { cause: '{message}', remedy: proxyRemedy },
  CredentialsExpired: {
    cause: 'The credentials of {profile} have expired: {message}',
    remedy: 'Sign in again, then send again.',
    link: pages.signIn,
    action: 'retry',
  },
  CredentialsMissing: {
    cause: 'There are no credentials for {profile}: {message}',
    remedy: 'Sign in or configure the profile, or select another.',
    link: pages.signIn,
    action: 'selectConnection',
  },
};

/** Every error that no service reports, by its code. */
export const systemErrors: Readonly<Record<string, ErrorRow>> = {
  ...networkErrors,
  ...certificateErrors,
  ...ownErrors,
};
