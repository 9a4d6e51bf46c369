import type { History } from './history/history';
import type { Consents } from './invocation/consents';
import type { KnownFunctions } from './invocation/knownFunctions';
import type { LastInvocation } from './invocation/lastInvocation';
import type { RecentFunctions } from './invocation/recentFunctions';
import type { Repeats } from './invocation/repeats';
import type { LanguageServer } from './languageServer';
import type { LocalLambda } from './localLambda';
import type { LogFollower } from './logs/logFollower';
import type { PayloadLibrary } from './payloads/payloadLibrary';
import type { TargetStore } from './payloads/targetStore';
import type { Report } from './report';
import type { PayloadsView } from './views/payloads/payloadsView';
import type { Output } from './ui/output';

/** What activation makes once and commands work with. */
export interface ActivationServices {
  readonly output: Output;
  readonly targets: TargetStore;
  readonly library: PayloadLibrary;
  readonly payloadsView: PayloadsView;
  readonly localLambda: LocalLambda;
  readonly recentFunctions: RecentFunctions;
  readonly knownFunctions: KnownFunctions;
  readonly languageServer: LanguageServer;
  readonly history: History;
  readonly logFollower: LogFollower;
}

/** What every command works with. */
export interface Services extends ActivationServices {
  readonly report: Report;
  readonly consents: Consents;
  readonly repeats: Repeats;
  readonly lastInvocation: LastInvocation;
}
