import * as l10n from '@vscode/l10n';
import { processRemedy } from './credentialProcess';
import type { Explanation } from '../core/invocation/explanation';
import { type ErrorTable, signIn, type Situation } from './errorTable';
import { pages } from './pages';
import { brokenProxyRemedy, unusedProxyVariable } from './proxy';

function proxyRemedy(): string {
  return l10n.t(
    'Check the editor’s setting http.proxy and the variables HTTPS_PROXY, HTTP_PROXY and NO_PROXY.',
  );
}

function trustRemedy(): string {
  return l10n.t(
    'If a company proxy issued it, set AWS_CA_BUNDLE or NODE_EXTRA_CA_CERTS to its root certificate (PEM) and restart the editor.',
  );
}

/** What happens on the way to the service, by the code of Node or of OpenSSL. */
const networkErrors: ErrorTable = {
  ENOTFOUND: (words, situation) => ({
    cause: l10n.t('{host} was not found: {message}', words),
    remedy: l10n.t(
      'Check the endpoint, the spelling of the region {region}, and the network.',
      words,
    ),
    action: 'selectConnection',
    ...unusedProxy(situation),
  }),
  EAI_AGAIN: (words, situation) => ({
    cause: l10n.t('Cannot resolve {host}: {message}', words),
    remedy: l10n.t('Check the network or VPN, then send again.'),
    action: 'retry',
    ...unusedProxy(situation),
  }),
  ECONNREFUSED: (words, situation) => ({
    cause: l10n.t('Nothing is listening on {host}: {message}', words),
    remedy: l10n.t('Start the endpoint, or correct its address and port.'),
    action: 'retry',
    ...unusedProxy(situation),
  }),
  ECONNRESET: (words) => ({
    cause: l10n.t('The connection to {host} was lost.', words),
    remedy: l10n.t('Check the network, VPN and any proxy in between.'),
    action: 'retry',
  }),
  EPIPE: (words) => ({
    cause: l10n.t('The connection to {host} was lost while the request was being sent.', words),
    remedy: l10n.t('Check the network, VPN and any proxy in between.'),
    action: 'retry',
  }),
  ETIMEDOUT: (words, situation) => ({
    cause: l10n.t('Connecting to {host} timed out: {message}', words),
    remedy: l10n.t('Check the network, VPN and firewall.'),
    action: 'retry',
    ...unusedProxy(situation),
  }),
  EHOSTUNREACH: (words, situation) => ({
    cause: l10n.t('No route to {host}.', words),
    remedy: l10n.t('Check the network, VPN and firewall.'),
    action: 'retry',
    ...unusedProxy(situation),
  }),
  ENETUNREACH: (words, situation) => ({
    cause: l10n.t('The network of {host} is unreachable.', words),
    remedy: l10n.t('Check the network or VPN.'),
    action: 'retry',
    ...unusedProxy(situation),
  }),
  EPROTO: (words) => ({
    cause: l10n.t('The TLS handshake with {host} failed.', words),
    remedy: l10n.t('If it uses plain HTTP, start the endpoint with http://.'),
    action: 'openSettings',
  }),
  HPE_INVALID_CONSTANT: (words) => ({
    cause: l10n.t('The response from {host} is not HTTP.', words),
    remedy: l10n.t('Check the endpoint: it may be another kind of server, or require https://.'),
    action: 'openSettings',
  }),
};

/** Why a server is not trusted, by the code of Node or of OpenSSL. `{message}` describes the certificate. */
const certificateErrors: ErrorTable = {
  CERT_HAS_EXPIRED: (words) => ({
    cause: l10n.t('The certificate of {host} has expired: {message}', words),
    remedy: l10n.t('Renew it, or correct this computer’s clock.'),
  }),
  CERT_NOT_YET_VALID: (words) => ({
    cause: l10n.t('The certificate of {host} is not valid yet: {message}', words),
    remedy: l10n.t('Correct this computer’s clock.'),
  }),
  DEPTH_ZERO_SELF_SIGNED_CERT: (words) => ({
    cause: l10n.t('The certificate of {host} is self-signed: {message}', words),
    remedy: l10n.t('If it is your own server, set AWS_CA_BUNDLE to its certificate (PEM).'),
  }),
  SELF_SIGNED_CERT_IN_CHAIN: (words) => ({
    cause: l10n.t(
      'The certificate of {host} was issued by an untrusted authority: {message}',
      words,
    ),
    remedy: trustRemedy(),
  }),
  UNABLE_TO_GET_ISSUER_CERT: (words) => ({
    cause: l10n.t('The certificate of {host} was issued by an unknown authority: {message}', words),
    remedy: trustRemedy(),
  }),
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: (words) => ({
    cause: l10n.t('The certificate of {host} was issued by an unknown authority: {message}', words),
    remedy: trustRemedy(),
  }),
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: (words) => ({
    cause: l10n.t('The certificate of {host} was issued by an unknown authority: {message}', words),
    remedy: trustRemedy(),
  }),
  CERT_REVOKED: (words) => ({
    cause: l10n.t('The certificate of {host} was revoked: {message}', words),
    remedy: l10n.t('Do not send events there; contact whoever runs the server.'),
  }),
  ERR_TLS_CERT_ALTNAME_INVALID: (words) => ({
    cause: l10n.t('The certificate is for a host other than {host}: {message}', words),
    remedy: l10n.t(
      'Correct the endpoint, or check whether something else is answering in its place.',
    ),
    action: 'openSettings',
  }),
};

/** What we name ourselves: see failure.ts. */
const ownErrors: ErrorTable = {
  Cancelled: () => ({
    cause: l10n.t('Cancelled.'),
    remedy: l10n.t('Send again when you are ready.'),
    action: 'retry',
  }),
  TimedOut: (words, situation) => ({
    cause: l10n.t('{host} did not respond within {seconds} s.', words),
    remedy: l10n.t('Check the network, or raise the setting invokeAsync.timeout.'),
    action: 'openSettings',
    ...unusedProxy(situation),
  }),
  ProxyRefused: (words) => ({
    cause: l10n.t('The proxy refused to connect to {host}: {message}', words),
    remedy: proxyRemedy(),
  }),
  Redirected: (words) => ({
    cause: l10n.t('{host} redirects elsewhere: {message}', words),
    remedy: l10n.t(
      'Correct the endpoint. Redirects are not followed, so that no event goes to the wrong place.',
    ),
    action: 'openSettings',
  }),
  NotLambda: (words) => ({
    cause: l10n.t('{host} sent a response that is not from Lambda: {message}', words),
    remedy: l10n.t(
      'Check the endpoint and whether a proxy or sign-in page intercepts the request.',
    ),
    action: 'openSettings',
  }),
  InvokeAsyncNotImplemented: (words) => ({
    cause: l10n.t('{host} does not implement the deprecated call InvokeAsync: {message}', words),
    remedy: l10n.t('Use Invoke with InvocationType Event, which every endpoint supports.'),
    link: pages.invokeAsync,
    action: 'useInvoke',
  }),
  BrokenConfig: (words) => ({
    cause: words.message,
    remedy: l10n.t('Correct the AWS configuration, then send again.'),
    action: 'retry',
  }),
  CredentialsTimedOut: (words) => ({
    cause: l10n.t('Timed out waiting for the credentials of "{profile}": {message}', words),
    remedy: l10n.t(
      'Check the network, sign in beforehand, or raise the setting invokeAsync.timeout.',
    ),
    link: pages.signIn,
    action: 'openSettings',
  }),
  CredentialProcessFailed: (words) => ({
    cause: l10n.t('Cannot get credentials for the profile "{profile}": {message}', words),
    remedy: processRemedy(),
    link: pages.credentialProcess,
    action: 'retry',
  }),
  AnswerTooLong: (words) => ({
    cause: words.message,
    remedy: l10n.t('Open it in the AWS console instead.'),
  }),
  BrokenProxy: (words) => ({ cause: words.message, remedy: brokenProxyRemedy() }),
  CredentialsExpired: (words, situation) => ({
    cause: l10n.t('The credentials of the profile "{profile}" have expired: {message}', words),
    remedy: l10n.t('Sign in again, then send again.'),
    link: pages.signIn,
    action: 'retry',
    ...signIn(situation),
  }),
  CredentialsMissing: (words, situation) => ({
    cause: l10n.t('There are no credentials for the profile "{profile}": {message}', words),
    remedy: l10n.t('Sign in or configure the profile, or select another.'),
    link: pages.signIn,
    action: 'selectConnection',
    ...signIn(situation),
  }),
};

/** Every error that no service reports, by its code. */
export const systemErrors: ErrorTable = { ...networkErrors, ...certificateErrors, ...ownErrors };

/** Behind a SOCKS proxy, a direct connection may lead nowhere. */
function unusedProxy({ connection }: Situation): Partial<Explanation> {
  const variable = unusedProxyVariable(connection);
  if (variable === undefined) return {};
  return {
    remedy: l10n.t(
      '{0} is not used: it names no HTTP proxy. If the network requires a proxy, set HTTPS_PROXY to an HTTP proxy.',
      variable,
    ),
  };
}
