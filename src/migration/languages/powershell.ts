import * as l10n from '@vscode/l10n';
import type { Node } from 'web-tree-sitter';
import type { TextEdit } from '../../core/problem';
import { byHand } from '../byHand';
import { insert, replace } from '../../core/edits';
import {
  type Captures,
  field,
  items,
  rangeOf,
  type SyntaxFile,
  type SyntaxRules,
} from '../syntaxFile';
import type { Use } from '../use';
import { cliUse } from './awsCli';

/** PowerShell compares names without regard to case. */
export const powershell: SyntaxRules = {
  worthParsing: /\bInvoke-LMFunctionAsync\b|\binvoke-async\b/i,
  query: `
    (command
      command_name: (command_name) @name
      (#match? @name "^[iI][nN][vV][oO][kK][eE]-[lL][mM][fF][uU][nN][cC][tT][iI][oO][nN][aA][sS][yY][nN][cC]$")) @cmdlet

    (command
      command_elements: (command_elements (generic_token) @action)
      (#eq? @action "invoke-async")) @command
  `,
  uses: (file, candidates) => candidates.flatMap((captures) => useOf(file, captures) ?? []),
};

function useOf(file: SyntaxFile, { cmdlet, name, command }: Captures): Use | undefined {
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
  if (!cmdlet || !name) return undefined;
  const edits = migrationOf(file, cmdlet, name);
  const migration = typeof edits === 'string' ? { byHand: edits } : { edits };
  return { sdk: 'powershell', range: rangeOf(name), migration };
}

const elementsOf = (command: Node) =>
  items(field(command, 'command_elements')).filter(({ type }) => type !== 'command_argument_sep');

/** PowerShell takes the beginning of a parameter's name for the whole. */
const isParameter = (text: string, name: string) =>
  text.length > 1 && name.toLowerCase().startsWith(text.toLowerCase());

/** The payload that the old cmdlet sent when it was given none. */
const defaultPayload = "-Payload '{}'";

function migrationOf(file: SyntaxFile, cmdlet: Node, name: Node): TextEdit[] | string {
  const elements = elementsOf(cmdlet);
  if (elements.some(({ text }) => /^@\w/.test(text))) return byHand.spread();
  if (isRead(file, cmdlet))
    return l10n.t(
      'the old cmdlet returned the status itself; Invoke-LMFunction returns an object with StatusCode',
    );
  const parameter = elements.find(({ text }) => isParameter(text, '-InvokeArg'));
  const positional = elements.filter(
    (element, at) =>
      element.type !== 'command_parameter' && elements[at - 1]?.type !== 'command_parameter',
  );
  const isNamed = elements.some(({ text }) => isParameter(text, '-FunctionName'));
  const payload = parameter ?? positional[isNamed ? 0 : 1];
  const rename = replace(rangeOf(name), 'Invoke-LMFunction');
  if (!payload) {
    const end = elements.at(-1)?.endIndex ?? name.endIndex;
    return [rename, insert(end, ` -InvocationType Event ${defaultPayload}`)];
  }
  const before = elements[elements.findIndex(({ id }) => id === payload.id) - 1] ?? name;
  const space = file.text.slice(before.endIndex, payload.startIndex);
  return [
    rename,
    insert(payload.startIndex, `-InvocationType Event${space}`),
    parameter ? replace(rangeOf(parameter), '-Payload') : insert(payload.startIndex, '-Payload '),
  ];
}

/** Assigned, compared or piped anywhere but away. */
function isRead(file: SyntaxFile, cmdlet: Node): boolean {
  const before = file.text.slice(
    file.text.lastIndexOf('\n', cmdlet.startIndex) + 1,
    cmdlet.startIndex,
  );
  const after = file.text.slice(cmdlet.endIndex, cmdlet.endIndex + 200);
  const isPipedOn = /^\s*\|(?!\s*Out-Null)/i.test(after);
  return isPipedOn || (/[=(]\s*$|\breturn\s*$/i.test(before) && !/\$null\s*=\s*$/i.test(before));
}
