/** The tools for agents, as MCP and `contributes.languageModelTools` of package.json have them: one list for both. */

interface InputProperty {
  readonly type: 'string' | 'number' | 'object' | 'array';
  readonly description: string;
  readonly enum?: readonly string[];
  readonly items?: { readonly type: 'string' };
}

export interface ToolDefinition {
  readonly title: string;
  /** For the model. */
  readonly description: string;
  /** A JSON Schema. */
  readonly inputSchema: {
    readonly type: 'object';
    readonly properties: Readonly<Record<string, InputProperty>>;
    readonly required?: readonly string[];
  };
  /** Whether it leaves everything as it is. */
  readonly readsOnly: boolean;
}

const functionName = {
  type: 'string',
  description: 'Name, ARN or partial ARN of the Lambda function.',
} as const;
const connection = {
  profile: { type: 'string', description: 'AWS profile; the default one unless given.' },
  region: { type: 'string', description: 'AWS Region; that of the profile unless given.' },
} as const;
const path = {
  type: 'string',
  description: 'A file, relative to the workspace folder or absolute.',
} as const;
const api = {
  type: 'string',
  enum: ['Invoke', 'InvokeAsync'],
  description: 'The API call: Invoke with InvocationType Event, or the deprecated InvokeAsync.',
} as const;

export const toolDefinitions = {
  list_payloads: {
    title: 'List Lambda Payloads',
    description:
      'Lists the saved event payloads of the workspace with the Lambda function, profile and region that each is meant for.',
    inputSchema: { type: 'object', properties: {} },
    readsOnly: true,
  },
  check_payload: {
    title: 'Check Lambda Payload',
    description:
      'Validates an event payload as AWS Lambda reads it: strict JSON, the size limit of the call, and the JSON Schema or AWS event that it is meant to be. Use it before an event is sent or a payload file is written.',
    inputSchema: {
      type: 'object',
      properties: {
        path: { ...path, description: `${path.description} Decides target and schema.` },
        payload: {
          type: 'string',
          description: 'The payload as JSON text; what the file holds unless given.',
        },
        api,
      },
    },
    readsOnly: true,
  },
  find_invoke_async: {
    title: 'Find Uses of InvokeAsync',
    description:
      'Finds uses of the deprecated AWS Lambda API InvokeAsync in code, scripts and IAM policies, and says what to replace them with.',
    inputSchema: {
      type: 'object',
      properties: {
        paths: {
          type: 'array',
          items: { type: 'string' },
          description: 'Files and folders; the whole workspace unless given.',
        },
      },
    },
    readsOnly: true,
  },
  describe_function: {
    title: 'Describe Lambda Function',
    description:
      'Reads how a Lambda function handles asynchronous events and how it does: state, timeout, retries, maximum event age, failure destination, reserved concurrency, throttles and dropped events of the last hour.',
    inputSchema: {
      type: 'object',
      properties: { functionName, ...connection },
      required: ['functionName'],
    },
    readsOnly: true,
  },
  follow_event: {
    title: 'Follow Lambda Event',
    description:
      "Follows an event that was accepted through the function's log, for up to 45 seconds: whether it ran, succeeded, failed or is retried, with its log lines. Ask again for an event that has not ended. Never send an event again because it has not ended.",
    inputSchema: {
      type: 'object',
      properties: {
        functionName,
        requestId: { type: 'string', description: 'As the outcome of the event has it.' },
        sentAt: {
          type: 'string',
          description:
            'When it was sent, in ISO 8601; the last 15 minutes are searched unless given.',
        },
        seconds: { type: 'number', description: 'How long to wait, at most 45.' },
        ...connection,
      },
      required: ['functionName', 'requestId'],
    },
    readsOnly: true,
  },
  explain_outcome: {
    title: 'Explain Lambda Outcome',
    description:
      'Explains what became of an event, from its outcome: the cause, what helps, and whether it is safe to send it again.',
    inputSchema: {
      type: 'object',
      properties: {
        outcome: {
          type: 'object',
          description:
            'The outcome as send_event or the extension gave it: kind, functionName, api, status, error.',
        },
        ...connection,
      },
      required: ['outcome'],
    },
    readsOnly: true,
  },
  send_event: {
    title: 'Send Lambda Event',
    description:
      'Sends one event to a Lambda function, asynchronously and once. Off unless the user has allowed it, and the user is asked each time. kind "accepted" means queued, not done: use follow_event to see what happens. kind "unknown" means that it may have been queued: never send that event again.',
    inputSchema: {
      type: 'object',
      properties: {
        functionName: {
          ...functionName,
          description: `${functionName.description} That of the payload's target unless given.`,
        },
        path: { ...path, description: 'The payload file.' },
        payload: {
          type: 'string',
          description: 'The payload as JSON text, in the place of a file.',
        },
        qualifier: { type: 'string', description: 'Alias or version.' },
        tenantId: {
          type: 'string',
          description: 'Whose event it is, for a function that isolates tenants.',
        },
        durableName: {
          type: 'string',
          description:
            'Name of the durable execution that the event starts: the same name runs nothing twice.',
        },
        api,
        ...connection,
      },
    },
    readsOnly: false,
  },
} as const satisfies Readonly<Record<string, ToolDefinition>>;

export type ToolName = keyof typeof toolDefinitions;

/** The tool of a name that an agent gives; `undefined` when there is none. */
export function toolNamed(name: string): ToolName | undefined {
  return Object.hasOwn(toolDefinitions, name) ? (name as ToolName) : undefined;
}
