import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { madeUpEnvironment } from './commandLine';
import { repository } from './repository';

/** How the user answers a question: sends, sends back the form without a word, or closes it. */
export type Consent = 'send' | 'empty' | 'decline';

export interface AgentOptions {
  readonly folder: string;
  readonly words?: readonly string[];
  /** Without it, this client cannot ask. */
  readonly consent?: (question: string) => Consent | Promise<Consent>;
}

export interface Answer {
  readonly isError: boolean;
  /** As it came. */
  readonly text: string;
  /** What it says as JSON; empty for an error. */
  readonly value: Readonly<Record<string, unknown>>;
}

/** An agent that has started `lambda-invoke-async mcp`. */
export class Agent {
  private constructor(readonly client: Client) {}

  static async start({ folder, words = [], consent }: AgentOptions): Promise<Agent> {
    const client = new Client(
      { name: 'test', version: '1' },
      { capabilities: consent ? { elicitation: {} } : {} },
    );
    if (consent) {
      client.setRequestHandler(ElicitRequestSchema, async ({ params }) => {
        const answer = await consent(params.message);
        if (answer === 'decline') return { action: 'decline' };
        return { action: 'accept', content: { send: answer === 'send' } };
      });
    }
    const { PATH = '', ...others } = madeUpEnvironment;
    await client.connect(
      new StdioClientTransport({
        command: process.execPath,
        args: [join(repository, 'dist/cli.js'), 'mcp', ...words],
        cwd: folder,
        env: { PATH, ...others },
        stderr: 'inherit',
      }),
    );
    return new Agent(client);
  }

  async call(name: string, input: Readonly<Record<string, unknown>> = {}): Promise<Answer> {
    const result = await this.client.callTool({ name, arguments: { ...input } });
    const [content] = result.content as readonly { readonly text: string }[];
    const text = content?.text ?? '';
    const isError = result.isError === true;
    return { isError, text, value: isError ? {} : (JSON.parse(text) as Answer['value']) };
  }

  async stop(): Promise<void> {
    await this.client.close();
  }
}
