import type { History } from './invocations/history';
import type { Consents } from './invoke/consents';
import type { KnownFunctions } from './invoke/knownFunctions';
import type { LastInvocation } from './invoke/lastInvocation';
import type { RecentFunctions } from './invoke/recentFunctions';
import type { Repeats } from './invoke/repeats';
import type { LanguageServer } from './languageServer/languageServer';
import type { LocalLambda } from './connection/localLambda';
import type { LogFollower } from './invocations/logFollower';
import type { PayloadLibrary } from './payloads/payloadLibrary';
import type { TargetStore } from './payloads/targetStore';
import type { Report } from './invoke/report';
import type { PayloadsView } from './payloads/payloadsView';
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
