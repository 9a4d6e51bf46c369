import { oneLine } from '../core/foreignText';
import { ConnectionError } from '../core/invocation/connectionError';
import { isRecord } from '../core/isRecord';
import { type AgentHost, type SendingQuestion, ToolError } from './agentHost';
import { findInvokeAsync } from './findInvokeAsync';
import { describeFunction, explainOutcome, followEvent } from './functionTools';
import { checkPayload, listPayloads } from './payloadTools';
import { EventSender } from './sendEvent';
import type { ToolName } from './toolDefinitions';
import type { ToolInput } from './toolInput';

export interface ToolAnswer {
  /** JSON. */
  readonly text: string;
  readonly isError: boolean;
}

type Tool = (input: ToolInput, host: AgentHost, signal: AbortSignal) => Promise<object>;

/** What the tools do, whoever calls them. */
export class Tools {
  readonly #sender = new EventSender();
  readonly #tools: Readonly<Record<ToolName, Tool>> = {
    list_payloads: listPayloads,
    check_payload: checkPayload,
    find_invoke_async: findInvokeAsync,
    describe_function: describeFunction,
    follow_event: followEvent,
    explain_outcome: explainOutcome,
    send_event: async (input, host, signal) => this.#sender.send(input, host, signal),
  };

  constructor(private readonly host: AgentHost) {}

  /** Rejects only for faults of our own. */
  async call(name: ToolName, input: unknown, signal: AbortSignal): Promise<ToolAnswer> {
    try {
      const given = isRecord(input) ? input : {};
      const answer = await this.#tools[name](given, this.host, signal);
      return { text: JSON.stringify(answer, undefined, 2), isError: false };
    } catch (error) {
      return { text: errorText(error), isError: true };
    }
  }

  /**
   * What `send_event` asks the user; `undefined` where nothing would be sent.
   * @throws {ConnectionError | ToolError}
   */
  async sendingQuestion(input: unknown): Promise<SendingQuestion | undefined> {
    return this.#sender.question(isRecord(input) ? input : {}, this.host);
  }
}

function errorText(error: unknown): string {
  if (error instanceof ToolError) return oneLine(error.message);
  if (error instanceof ConnectionError) return oneLine(`${error.message} ${error.remedy}`);
  throw error;
}
