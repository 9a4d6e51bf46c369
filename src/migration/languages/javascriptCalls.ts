import type { Node } from 'web-tree-sitter';
import { manual } from '../manualReasons';
import { oncePerFile } from '../once';
import type { SdkId } from '../rules';
import { type Captures, field, items, rangeOf, type SyntaxFile } from '../syntaxFile';
import type { Use } from '../use';
import { clientOf } from './javascriptClient';
import { type CallInput, inputOf, looksLikeInput } from './javascriptInput';
import { stringOf } from './javascriptOrigin';
import { type DeprecatedName, deprecatedNames, sdkOfModule } from './javascriptSdk';

/** One call of the operation: by method, by command, or by its name. */
export interface Call {
  readonly sdk: SdkId;
  /** The name to strike through and to replace. */
  readonly name: Node;
  readonly newName: string;
  /** The command's name, which has to be imported. */
  readonly command?: DeprecatedName;
  /** The whole expression. */
  readonly expression: Node;
  readonly arguments: Node | undefined;
  /** What is passed as the input, and the literal that it is. */
  readonly argument: Node | undefined;
  readonly input: CallInput | undefined;
}

export const findCalls = (file: SyntaxFile, candidates: readonly Captures[]): Call[] => [
  ...candidates.flatMap((captures) => [
    ...methodCall(file, captures),
    ...operationCall(file, captures),
  ]),
  ...deprecatedNames(file).flatMap((name) => commandCall(file, name)),
];

/** A method call is a use when its receiver is an SDK's Lambda client or its input can be nothing else. */
function methodCall(
  file: SyntaxFile,
  { receiver, method, call, arguments: args }: Captures,
): Call[] {
  if (!receiver || !method || !call || /^(?:this|super)$/.test(receiver.type)) return [];
  const client = clientOf(file, receiver);
  if (client === 'other') return [];
  const argument = items(args)[0];
  const input = inputOf(file, argument);
  if (client === undefined && !(input && looksLikeInput(input))) return [];
  return [
    {
      sdk: client ?? sdkOfFile(file),
      name: method,
      newName: 'invoke',
      expression: call,
      arguments: args,
      argument,
      input,
    },
  ];
}

/** `lambda.makeRequest('invokeAsync', input)`; `provider.request('Lambda', 'invokeAsync', input)` of serverless. */
function operationCall(
  file: SyntaxFile,
  { receiver, caller, operation, call, arguments: args }: Captures,
): Call[] {
  if (!receiver || !caller || !operation || !call) return [];
  const given = items(args);
  const at = given.findIndex((argument) => argument.startIndex === operation.startIndex - 1);
  const [first] = given;
  const isOperation =
    caller.text === 'request'
      ? at === 1 && first?.type === 'string' && stringOf(first) === 'Lambda'
      : at === 0 && clientOf(file, receiver) === 'javascript-v2';
  const argument = given[at + 1];
  const input = inputOf(file, argument);
  return isOperation
    ? [
        {
          sdk: 'javascript-v2',
          name: operation,
          newName: 'invoke',
          expression: call,
          arguments: args,
          argument,
          input,
        },
      ]
    : [];
}

/** `new InvokeAsyncCommand(…)`, `new lambda.InvokeAsyncCommand(…)`. */
function commandCall(file: SyntaxFile, command: DeprecatedName): Call[] {
  const { node, sdk, newName } = command;
  const { parent } = node;
  const constructor = parent?.type === 'member_expression' ? parent : node;
  const expression = constructor.parent;
  const isMade =
    expression?.type === 'new_expression' &&
    field(expression, 'constructor')?.id === constructor.id &&
    newName === 'InvokeCommand';
  if (!isMade) return [];
  const args = field(expression, 'arguments');
  const argument = items(args)[0];
  const input = inputOf(file, argument);
  return [{ sdk, name: node, newName, command, expression, arguments: args, argument, input }];
}

export const sdkOfFile = oncePerFile(
  ({ text }: SyntaxFile): SdkId =>
    sdkOfModule(/['"](@aws-sdk\/client-lambda)['"]/.exec(text)?.[1] ?? 'aws-sdk') ??
    'javascript-v2',
);

/** The method of a client that is bound, passed on or taken out of it: whoever calls it then is not seen. */
export function methodOutOfCall(file: SyntaxFile, { owner, passed, member }: Captures): Use[] {
  if (!owner || !passed || isCalledOrSet(member)) return [];
  const client = clientOf(file, owner);
  if (client === undefined || client === 'other') return [];
  return [{ sdk: client, range: rangeOf(passed), migration: manual.passedOn() }];
}

function isCalledOrSet(member: Node | undefined): boolean {
  const { parent } = member ?? {};
  const user = field(parent ?? undefined, 'function') ?? field(parent ?? undefined, 'left');
  return member !== undefined && user?.id === member.id;
}
