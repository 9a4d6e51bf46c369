import * as l10n from '@vscode/l10n';
import type { Node } from 'web-tree-sitter';
import type { TextEdit } from '../../core/problem';
import { because, manual } from '../manualReasons';
import { insert, replace } from '../../core/edits';
import { type Entry, migrateEntries } from '../rewrite';
import {
  type Captures,
  field,
  items,
  rangeOf,
  type SyntaxFile,
  type SyntaxRules,
} from '../syntaxFile';
import type { ManualReason, Use } from '../use';
import { cliUse } from './awsCli';

/** PowerShell compares names without regard to case. */
const anyCase = (name: string) =>
  name.replaceAll(/[a-z]/gi, (letter) => `[${letter.toLowerCase()}${letter.toUpperCase()}]`);
const cmdletPattern = `^['\\"]?${anyCase('Invoke-LMFunctionAsync')}['\\"]?$`;

export const powershell: SyntaxRules = {
  worthParsing: /\bInvoke-LMFunctionAsync\b|\binvoke-async\b/i,
  query: `
    (command command_name: (command_name) @name (#match? @name "${cmdletPattern}")) @cmdlet

    (command
      command_name: (command_name_expr [
        (path_command_name (path_command_name_token) @name)
        (string_literal [(verbatim_string_characters) (expandable_string_literal)] @name)])
      (#match? @name "${cmdletPattern}")) @cmdlet

    (command_elements [
      (generic_token) @mention
      (array_literal_expression (unary_expression (string_literal [
        (verbatim_string_characters) (expandable_string_literal)] @mention)))]
      (#match? @mention "${cmdletPattern}"))

    (command
      command_elements: (command_elements (generic_token) @action)
      (#eq? @action "invoke-async")) @command
  `,
  uses: (file, candidates) => candidates.flatMap((captures) => useOf(file, captures) ?? []),
};

function useOf(file: SyntaxFile, { cmdlet, name, mention, command }: Captures): Use | undefined {
  if (command) {
    const words = [field(command, 'command_name'), ...elementsOf(command)].flatMap(
      (node) => node ?? [],
    );
    return cliUse({
      words: words.map((node) => ({ ...rangeOf(node), text: node.text })),
      pipedInto: '',
      hasDevNull: false,
    });
  }
  if (mention) return mentionUse(mention);
  if (!cmdlet || !name) return undefined;
  const edits = migrationOf(file, cmdlet, name);
  const migration = 'manualReason' in edits ? edits : { edits };
  return { sdk: 'powershell', range: unquoted(name), migration };
}

/** Commands that are given a command's name. */
const takesCommand =
  /^(?:(?:set|new)-alias|[sn]al|get-command|gcm|mock|should|assert-mockcalled)$/i;

function mentionUse(mention: Node): Use | undefined {
  let command = mention.parent;
  while (command && command.type !== 'command') command = command.parent;
  return takesCommand.test(field(command ?? undefined, 'command_name')?.text ?? '')
    ? { sdk: 'powershell', range: unquoted(mention), migration: manual.passedOn() }
    : undefined;
}

function unquoted(node: Node) {
  const { start, end } = rangeOf(node);
  return /^['"]/.test(node.text) ? { start: start + 1, end: end - 1 } : { start, end };
}

const elementsOf = (command: Node) =>
  items(field(command, 'command_elements')).filter(({ type }) => type !== 'command_argument_sep');

/** PowerShell takes the beginning of a parameter's name for the whole. */
const isParameter = (text: string, name: string) =>
  text.length > 1 && name.toLowerCase().startsWith(text.toLowerCase());

/** The payload that the old cmdlet sent when it was given none. */
const defaultPayload = "-Payload '{}'";

function migrationOf(file: SyntaxFile, cmdlet: Node, name: Node): TextEdit[] | ManualReason {
  const elements = elementsOf(cmdlet);
  const splat = elements.find(({ text }) => /^@\w/.test(text));
  const input = splat ? splatEdits(file, splat, elements) : parameterEdits(file, elements, name);
  if ('manualReason' in input) return input;
  const status = keepStatus(cmdlet);
  if ('manualReason' in status) return status;
  return [replace(unquoted(name), 'Invoke-LMFunction'), ...input, ...status];
}

function parameterEdits(file: SyntaxFile, elements: readonly Node[], name: Node): TextEdit[] {
  const parameter = elements.find(({ text }) => isParameter(text, '-InvokeArgs'));
  const positional = elements.filter(
    (element, at) =>
      element.type !== 'command_parameter' && elements[at - 1]?.type !== 'command_parameter',
  );
  const isNamed = elements.some(({ text }) => isParameter(text, '-FunctionName'));
  const payload = parameter ?? positional[isNamed ? 0 : 1];
  if (!payload) {
    const end = elements.at(-1)?.endIndex ?? name.endIndex;
    return [insert(end, ` -InvocationType Event ${defaultPayload}`)];
  }
  const before = elements[elements.findIndex(({ id }) => id === payload.id) - 1] ?? name;
  const space = file.text.slice(before.endIndex, payload.startIndex);
  return [
    insert(payload.startIndex, `-InvocationType Event${space}`),
    parameter ? replace(rangeOf(parameter), '-Payload') : insert(payload.startIndex, '-Payload '),
  ];
}

/** `@params`, where `$params` is one hash table that nothing else has to do with. */
function splatEdits(
  file: SyntaxFile,
  splat: Node,
  elements: readonly Node[],
): TextEdit[] | ManualReason {
  const name = splat.text.slice(1);
  const mentions = file.text.match(new RegExp(String.raw`[$@{]${name}\b`, 'gi')) ?? [];
  const [variable] = file.occurrences(`$${name}`);
  const entries = variable && mentions.length === 2 ? hashEntries(variable) : undefined;
  if (!entries || elements.some(({ text }) => isParameter(text, '-InvokeArgs'))) return splatted();
  return migrateEntries(
    file.text,
    entries.map((entry) => ({ ...entry, key: entry.key.replace(/^InvokeArgs?$/i, 'InvokeArg') })),
    {
      invokeArgs: 'InvokeArg',
      payload: 'Payload',
      invocationType: 'InvocationType',
      event: "'Event'",
      entry: "InvocationType = 'Event'",
      separators: [';', ''],
    },
  );
}

const splatted = () =>
  because(
    l10n.t(
      'its parameters are splatted; rename InvokeArg to Payload there, and add {0}',
      "InvocationType = 'Event'",
    ),
  );

/** The entries of the hash table that is assigned to a variable. */
function hashEntries(variable: Node): Entry[] | undefined {
  const assignment = climb(variable, 'assignment_expression');
  const value = field(assignment, 'value');
  if (!value || value.startIndex < variable.startIndex) return undefined;
  const hash = descend(value);
  if (hash.type !== 'hash_literal_expression') return undefined;
  return items(items(hash)[0]).flatMap((entry) => {
    const [key, content] = items(entry);
    if (!key || !content) return [];
    return {
      key: contentOf(key),
      keyRange: unquoted(key),
      range: rangeOf(entry),
      valueRange: rangeOf(content),
    };
  });
}

const contentOf = (node: Node) => node.text.replaceAll(/^['"]|['"]$/g, '');

/** The expression inside of the rules that have nothing else to hold. */
function descend(node: Node): Node {
  let inner = node;
  for (let only = items(inner); only.length === 1 && inner.type !== 'hash_literal_expression'; ) {
    inner = only[0] ?? inner;
    only = items(inner);
  }
  return inner;
}

function climb(node: Node, type: string): Node | undefined {
  let parent = node.parent;
  while (parent && parent.type !== type && parent.type !== 'statement_list') parent = parent.parent;
  return parent?.type === type ? parent : undefined;
}

/** The old cmdlet returned the status, the new one returns an object that has it: where somebody may read it, it is taken out. */
function keepStatus(cmdlet: Node): TextEdit[] | ManualReason {
  const status = [insert(cmdlet.startIndex, '('), insert(endOf(cmdlet), ').StatusCode')];
  for (let node = cmdlet; node.parent; node = node.parent) {
    const { parent } = node;
    switch (parent.type) {
      case 'pipeline_chain': {
        const next = node.nextNamedSibling;
        if (next) return /^Out-Null\b/i.test(next.text) ? [] : pipedOn();
        break;
      }
      case 'assignment_expression':
        return /^\$null\b/i.test(parent.text) ? [] : status;
      case 'cast_expression':
        return /^\[void\]/i.test(parent.text) ? [] : status;
      case 'if_statement':
        if (field(parent, 'condition')?.id === node.id) return status;
        break;
      case 'flow_control_statement':
      case 'sub_expression':
      case 'function_statement':
      case 'class_method_definition':
      case 'comparison_expression':
        if (!isWhole(parent)) return status;
        break;
      default:
    }
  }
  return [];
}

/** Whether an expression is nothing but what it holds; the grammar has a rule for each operator around every value. */
const isWhole = (node: Node) => node.type === 'comparison_expression' && items(node).length === 1;

const pipedOn = () =>
  because(
    l10n.t(
      'the old cmdlet returned the status itself; Invoke-LMFunction returns an object with StatusCode',
    ),
  );

/** Without the blanks before a pipe. */
const endOf = (cmdlet: Node) => cmdlet.startIndex + cmdlet.text.trimEnd().length;
