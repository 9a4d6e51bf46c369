import { Uri, workspace, type WorkspaceFolder } from 'vscode';
import type { Connection } from '../../core/invocation/connection';
import type { InvokeApi } from '../../core/invocation/outcome';
import type { TargetOfFile } from '../../files/payloadFolder';
import {
  type AgentHost,
  type ConnectRequest,
  type PayloadPlace,
  type SendingPolicy,
  type TargetsOfPaths,
  ToolError,
} from '../../mcp/agentHost';
import type { Destinations } from '../connection/destinations';
import { folderFor } from '../folders';
import { defined } from '../invoke/invokeArguments';
import type { Invoker } from '../invoke/invoker';
import { PayloadError, payloadText } from '../invoke/payloadChoice';
import type { EnvironmentChoice } from '../payloads/environmentChoice';
import { TargetsError } from '../payloads/targetsError';
import type { TargetStore } from '../payloads/targetStore';
import { settings } from '../settings';

export interface HostParts {
  readonly targets: Pick<TargetStore, 'environment' | 'fault' | 'target' | 'targetsAt'>;
  readonly environments: Pick<EnvironmentChoice, 'nameFor'>;
  readonly destinations: Pick<Destinations, 'ofEvent'>;
  readonly invoker: Pick<Invoker, 'invoke'>;
}

/** What the tools for agents work with in a window. Text, targets and environments are those that a command would use. */
export class EditorHost implements AgentHost {
  readonly sending: SendingPolicy;

  constructor(
    private readonly parts: HostParts,
    readonly serverFile: string,
    ask: SendingPolicy['ask'],
  ) {
    const { invoker } = parts;
    this.sending = {
      get forbidden() {
        return settings().agentsMaySend ? undefined : forbidden;
      },
      get confirm() {
        return settings().confirm;
      },
      ask,
      deliver: async ({ connection, place, environment, payload, ...event }, signal) => {
        const { profile, region, endpoint = '' } = connection;
        const uri = place && Uri.file(place.path);
        // All that was asked about, so that nothing else decides where it goes.
        const given = defined({ ...event, payload, uri, profile, region, endpoint, environment });
        return invoker.invoke(given, {
          token: {
            get isCancellationRequested() {
              return signal.aborted;
            },
          },
        });
      },
    };
  }

  get folders(): readonly string[] {
    return (workspace.workspaceFolders ?? [])
      .filter(({ uri }) => uri.scheme === 'file')
      .map(({ uri }) => uri.fsPath);
  }

  get payloadGlobs(): readonly string[] {
    return settings().payloadGlobs;
  }

  get api(): InvokeApi {
    return settings().api;
  }

  async payloadText({ path }: PayloadPlace): Promise<string> {
    try {
      return await payloadText(Uri.file(path));
    } catch (error) {
      throw error instanceof PayloadError ? new ToolError(error.message) : error;
    }
  }

  async targetOf({ path }: PayloadPlace): Promise<TargetOfFile> {
    const uri = Uri.file(path);
    const folder = workspace.getWorkspaceFolder(uri);
    if (folder && (await this.parts.targets.environment(folder)).kind === 'unselected') {
      return { kind: 'fault', reason: unselected };
    }
    const reading = await this.parts.targets.target(uri);
    if (reading.kind === 'target') return reading;
    return { kind: 'fault', reason: new TargetsError(reading).message };
  }

  async targetsIn(path: string): Promise<TargetsOfPaths> {
    const { targets } = this.parts;
    const folder = workspace.getWorkspaceFolder(Uri.file(path));
    if (!folder) return { kind: 'targets', of: async () => undefined };
    const fault = await targets.fault(folder);
    if (fault) return { kind: 'fault', reason: new TargetsError(fault).message };
    const of = async (inFolder: string) => {
      const [reading] = await targets.targetsAt(folder, [inFolder]);
      return reading?.kind === 'target' ? reading.target : undefined;
    };
    return { kind: 'targets', of };
  }

  async connect({ functionName, place, profile, region }: ConnectRequest): Promise<Connection> {
    const connection = await this.#aboutTargets(async () =>
      this.parts.destinations.ofEvent({
        given: defined({ profile, region }),
        scope: scopeOf(place),
        ...(functionName && { functionName }),
      }),
    );
    if (connection) return connection;
    throw new ToolError('The user does not allow the endpoint of this workspace.');
  }

  async environmentFor({ place, profile }: ConnectRequest): Promise<string | undefined> {
    return this.#aboutTargets(async () =>
      this.parts.environments.nameFor(defined({ profile }), scopeOf(place)),
    );
  }

  /** An agent is told what a command would tell the user. */
  async #aboutTargets<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      throw error instanceof TargetsError ? new ToolError(error.message) : error;
    }
  }
}

/** Whose settings say where requests go. */
function scopeOf(place: PayloadPlace | undefined): WorkspaceFolder | undefined {
  return folderFor(place && Uri.file(place.path));
}

const forbidden =
  'Sending is off. The user can allow it with the setting invokeAsync.agents.send. Do not try to send by other means.';
const unselected =
  'No environment is selected for the folder. Ask the user to run the command "Lambda: Select Environment".';
