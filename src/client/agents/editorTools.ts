import { createHash } from 'node:crypto';
import { join } from 'node:path';
import {
  type CancellationToken,
  LanguageModelTextPart,
  LanguageModelToolResult,
  type PreparedToolInvocation,
  workspace,
} from 'vscode';
import * as l10n from '@vscode/l10n';
import { markdownText } from '../../core/foreignText';
import type { SendingQuestion } from '../../mcp/agentHost';
import type { ToolName } from '../../mcp/toolDefinitions';
import { Tools } from '../../mcp/tools';
import { markdown } from '../ui/editorUi';
import type { Ui } from '../ui/ui';
import { EditorHost, type HostParts } from './editorHost';

/** What reads AWS, or sends: an untrusted workspace has no say in either. */
const needTrust: ReadonlySet<ToolName> = new Set([
  'describe_function',
  'explain_outcome',
  'follow_event',
  'send_event',
]);

/** The tools for agents as this window has them: its folders, its connection, its way of sending. */
export class EditorTools {
  /** The events that the editor has asked about for us, by what the agent gave. */
  readonly #asked = new Map<string, string>();
  readonly #tools: Tools;

  /** @param dist the folder of the bundles */
  constructor(
    parts: HostParts,
    dist: string,
    private readonly ui: Pick<Ui, 'ask'>,
  ) {
    this.#tools = new Tools(
      new EditorHost(parts, join(dist, 'server.js'), async (question) => this.#ask(question)),
    );
  }

  async invoke(
    name: ToolName,
    input: unknown,
    token: CancellationToken,
  ): Promise<LanguageModelToolResult> {
    if (needTrust.has(name) && !workspace.isTrusted) return result(untrusted);
    const abort = new AbortController();
    const subscription = token.onCancellationRequested(() => abort.abort());
    try {
      return result((await this.#tools.call(name, input, abort.signal)).text);
    } finally {
      subscription.dispose();
    }
  }

  /** The question to the user before an event is sent; none where nothing would be. */
  async prepare(name: ToolName, input: unknown): Promise<PreparedToolInvocation | undefined> {
    if (name !== 'send_event' || !workspace.isTrusted) return undefined;
    const asked = hash(JSON.stringify(input));
    this.#asked.delete(asked);
    // What is wrong is told to the agent as the answer of the tool.
    const question = await this.#tools.sendingQuestion(input).catch(() => undefined);
    if (!question) return undefined;
    this.#asked.set(asked, question.key);
    const [title = '', ...lines] = question.text.split('\n');
    const message = markdown(lines.map(markdownText).join('\n\n'), []);
    return { confirmationMessages: { title, message } };
  }

  /** The editor has asked about what it prepared. About anything else, such as a file that has changed since, we ask. */
  async #ask({ text, key }: SendingQuestion): Promise<'send' | 'refused'> {
    const asked = [...this.#asked].find(([, one]) => one === key);
    if (asked) {
      this.#asked.delete(asked[0]);
      return 'send';
    }
    const [message = '', ...detail] = text.split('\n');
    const send = l10n.t('Send');
    return (await this.ui.ask('warning', { message, detail }, send)) === send ? 'send' : 'refused';
  }
}

const untrusted =
  'This workspace is not trusted, so nothing is read from AWS and nothing is sent. Ask the user to trust it.';

function result(text: string): LanguageModelToolResult {
  return new LanguageModelToolResult([new LanguageModelTextPart(text)]);
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
