import type * as ConnectionRules from '../aws/connectionMain';
import type * as Aws from '../aws/main';
import type * as Local from '../local/main';
import type * as TargetRules from '../core/targetRulesMain';
import type * as LanguageClient from './languageClient';

// Each is a bundle of its own in dist/, read on first use: activation stays small and loads none of them.
// A plain require, because a lazy import() inside one bundle would still parse all of it at activation.

/** What reads targets and matches globs. */
export function targetRules(): typeof TargetRules {
  return require('./targetRules.js') as typeof TargetRules;
}

/** The AWS SDK and all that uses it. */
export function aws(): typeof Aws {
  return require('./aws.js') as typeof Aws;
}

/** Where requests go and as whom: what the status bar shows, without the AWS SDK's clients. */
export function connectionRules(): typeof ConnectionRules {
  return require('./connection.js') as typeof ConnectionRules;
}

/** The embedded endpoint. */
export function local(): typeof Local {
  return require('./local.js') as typeof Local;
}

/** vscode-languageclient. */
export function languageClient(): typeof LanguageClient {
  return require('./languageClient.js') as typeof LanguageClient;
}
