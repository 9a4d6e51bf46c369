import * as l10n from '@vscode/l10n';
import { processRemedy } from './credentialProcess';
import type { ErrorTable, ErrorWords } from './errorTable';
import { pages } from './pages';

function proxyRemedy(): string {
  return l10n.t(
    'Check the editor’s setting http.proxy and the variables HTTPS_PROXY, HTTP_PROXY and NO_PROXY.',
  );
}

function trustRemedy(): string {
  return l10n.t(
    'If a company proxy signs it, name its root certificate in AWS_CA_BUNDLE or NODE_EXTRA_CA_CERTS (PEM) and restart the editor.',
  );
}

/** What happens on the way to the service, by the code of Node or of OpenSSL. */
function networkErrors(words: ErrorWords): ErrorTable {
  return {
    ENOTFOUND: {
      cause: l10n.t('{host} was not found: {message}', words),
      remedy: l10n.t(
        'Check the endpoint, the spelling of the region {region}, and the network.',
        words,
      ),
      action: 'selectConnection',
    },
    EAI_AGAIN: {
      cause: l10n.t('{host} could not be looked up, for want of network or DNS: {message}', words),
      remedy: l10n.t('Check the network or VPN, then send again.'),
      action: 'retry',
    },
    ECONNREFUSED: {
      cause: l10n.t('Nobody listens at {host}: {message}', words),
      remedy: l10n.t('Start the endpoint, or correct its address and port.'),
      action: 'retry',
    },
    ECONNRESET: {
      cause: l10n.t('The connection to {host} was cut.', words),
      remedy: l10n.t('Check the network, VPN and whatever stands in between.'),
      action: 'retry',
    },
    EPIPE: {
      cause: l10n.t('The connection to {host} was cut while the request was being sent.', words),
      remedy: l10n.t('Check the network, VPN and whatever stands in between.'),
      action: 'retry',
    },
    ETIMEDOUT: {
      cause: l10n.t('No connection to {host} came about in time: {message}', words),
      remedy: l10n.t('Check the network, VPN and firewall.'),
      action: 'retry',
    },
    EHOSTUNREACH: {
      cause: l10n.t('There is no way to {host}.', words),
      remedy: l10n.t('Check the network, VPN and firewall.'),
      action: 'retry',
    },
    ENETUNREACH: {
      cause: l10n.t('There is no network that leads to {host}.', words),
      remedy: l10n.t('Check the network or VPN.'),
      action: 'retry',
    },
    EPROTO: {
      cause: l10n.t('The host {host} does not speak TLS as expected.', words),
      remedy: l10n.t('If it speaks plain HTTP, begin the endpoint with http://.'),
      action: 'openSettings',
    },
    HPE_INVALID_CONSTANT: {
      cause: l10n.t('What {host} answered is not HTTP.', words),
      remedy: l10n.t(
        'Check the endpoint: another kind of server listens there, or it wants https://.',
      ),
      action: 'openSettings',
    },
  };
}

/** Why a server is not trusted, by the code of Node or of OpenSSL. `{message}` describes the certificate. */
function certificateErrors(words: ErrorWords): ErrorTable {
  return {
    CERT_HAS_EXPIRED: {
      cause: l10n.t('The certificate of {host} has expired: {message}', words),
      remedy: l10n.t('Renew it, or correct this computer’s clock.'),
    },
    CERT_NOT_YET_VALID: {
      cause: l10n.t('The certificate of {host} is not valid yet: {message}', words),
      remedy: l10n.t('Correct this computer’s clock.'),
    },
    DEPTH_ZERO_SELF_SIGNED_CERT: {
      cause: l10n.t('The certificate of {host} is self-signed: {message}', words),
      remedy: l10n.t('For a server of your own, name its certificate in AWS_CA_BUNDLE (PEM).'),
    },
    SELF_SIGNED_CERT_IN_CHAIN: {
      cause: l10n.t(
        'The certificate of {host} comes from an authority that is not trusted: {message}',
        words,
      ),
      remedy: trustRemedy(),
    },
    UNABLE_TO_GET_ISSUER_CERT: {
      cause: l10n.t(
        'The certificate of {host} comes from an authority that is not known: {message}',
        words,
      ),
      remedy: trustRemedy(),
    },
    UNABLE_TO_GET_ISSUER_CERT_LOCALLY: {
      cause: l10n.t(
        'The certificate of {host} comes from an authority that is not known: {message}',
        words,
      ),
      remedy: trustRemedy(),
    },
    UNABLE_TO_VERIFY_LEAF_SIGNATURE: {
      cause: l10n.t(
        'The certificate of {host} comes from an authority that is not known: {message}',
        words,
      ),
      remedy: trustRemedy(),
    },
    CERT_REVOKED: {
      cause: l10n.t('The certificate of {host} was revoked: {message}', words),
      remedy: l10n.t('Do not send there; ask who runs the server.'),
    },
    ERR_TLS_CERT_ALTNAME_INVALID: {
      cause: l10n.t('The certificate belongs to another host than {host}: {message}', words),
      remedy: l10n.t('Correct the endpoint, or check whether something answers in its place.'),
      action: 'openSettings',
    },
  };
}

/** What we name ourselves: see failure.ts. */
function ownErrors(words: ErrorWords): ErrorTable {
  return {
    Cancelled: {
      cause: l10n.t('Cancelled.'),
      remedy: l10n.t('Send again when you want to.'),
      action: 'retry',
    },
    TimedOut: {
      cause: l10n.t('{host} did not answer within {seconds} s.', words),
      remedy: l10n.t('Check the network, or raise the setting invokeAsync.timeout.'),
      action: 'openSettings',
    },
    ProxyRefused: {
      cause: l10n.t('The proxy would not connect to {host}: {message}', words),
      remedy: proxyRemedy(),
    },
    Redirected: {
      cause: l10n.t('{host} points elsewhere: {message}', words),
      remedy: l10n.t(
        'Correct the endpoint. Redirects are not followed, so that no event goes astray.',
      ),
      action: 'openSettings',
    },
    NotLambda: {
      cause: l10n.t('{host} sent an answer that Lambda does not give: {message}', words),
      remedy: l10n.t('Check the endpoint, and whether a proxy or sign-in page stands in between.'),
      action: 'openSettings',
    },
    InvokeAsyncNotImplemented: {
      cause: l10n.t('{host} does not implement the deprecated call InvokeAsync: {message}', words),
      remedy: l10n.t('Use Invoke with InvocationType Event, which every endpoint knows.'),
      link: pages.invokeAsync,
      action: 'useInvoke',
    },
    BrokenConfig: {
      cause: words.message,
      remedy: l10n.t('Correct the AWS configuration, then send again.'),
      action: 'retry',
    },
    CredentialsTimedOut: {
      cause: l10n.t('Waited too long for the credentials of "{profile}": {message}', words),
      remedy: l10n.t(
        'Check the network, sign in beforehand, or raise the setting invokeAsync.timeout.',
      ),
      link: pages.signIn,
      action: 'openSettings',
    },
    CredentialProcessFailed: {
      cause: l10n.t('The profile "{profile}" got no credentials: {message}', words),
      remedy: processRemedy(),
      link: pages.credentialProcess,
      action: 'retry',
    },
    AnswerTooLong: {
      cause: words.message,
      remedy: l10n.t('Look at it in the AWS console instead.'),
    },
    BrokenProxy: { cause: words.message, remedy: proxyRemedy() },
    CredentialsExpired: {
      cause: l10n.t('The credentials of the profile "{profile}" have expired: {message}', words),
      remedy: l10n.t('Sign in again, then send again.'),
      link: pages.signIn,
      action: 'retry',
    },
    CredentialsMissing: {
      cause: l10n.t('There are no credentials for the profile "{profile}": {message}', words),
      remedy: l10n.t('Sign in or configure the profile, or select another.'),
      link: pages.signIn,
      action: 'selectConnection',
    },
  };
}

/** Every error that no service reports, by its code. */
export function systemErrors(words: ErrorWords): ErrorTable {
  return { ...networkErrors(words), ...certificateErrors(words), ...ownErrors(words) };
}
