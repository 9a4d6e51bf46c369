import * as l10n from '@vscode/l10n';
import type { TextEdit, TextRange } from '../core/problem';
import { removeItem, replace } from '../core/edits';
import { oncePerFile } from './once';
import type { LexicalRules, TokenFile } from './tokens';
import type { Use } from './use';

/** The old IAM action, alone in a string; IAM compares actions without regard to case. */
const oldAction = /^lambda:InvokeAsync$/i;
/** Actions that allow what replaces the old one. */
export const coveringAction = /^(?:\*|lambda:(?:\*|Invoke\*|InvokeFunction))$/i;
export const actionsKey = /^(?:add)?actions?$/i;
const exceptionsKey = /^not_?actions?$/i;

/** How far before a list its key may stand: `Actions: jsii.Strings(`, `"Action" => array(`. */
const keyDistance = 6;

/** What a policy says around an action. */
export interface PolicyContext {
  /** Whether the list is known to be one of allowed actions. */
  readonly allows: boolean;
  /** Whether another action of the list allows what replaces this one. */
  readonly isCovered: boolean;
  readonly removal: TextEdit | undefined;
}

/** Every `lambda:InvokeAsync` in the policies of a file, whatever its language: JSON, Terraform, or code of a CDK. */
export const bracketedActions: LexicalRules = {
  worthReading: /lambda:InvokeAsync/i,
  uses: iamUses,
};

function iamUses(file: TokenFile): Use[] {
  return file.tokens.flatMap((token, index) =>
    token.kind === 'string' && oldAction.test(token.text)
      ? iamUse(token.inner, contextOf(file, index))
      : [],
  );
}

export function iamUse(range: TextRange, { allows, isCovered, removal }: PolicyContext): Use {
  const use = { sdk: 'iam', code: 'deprecated.iam-action', range } as const;
  if (!allows) {
    const byHand = l10n.t(
      'the meaning of this list is unclear (a Deny, a NotAction, or no visible policy)',
    );
    return { ...use, migration: { byHand } };
  }
  const edit = isCovered ? removal : replace(range, 'lambda:InvokeFunction');
  if (edit === undefined) {
    const byHand = l10n.t('the list already allows Invoke; remove this action');
    return { ...use, migration: { byHand } };
  }
  return { ...use, migration: { edits: [edit] } };
}

function contextOf(file: TokenFile, index: number): PolicyContext {
  file.limit.tick();
  const opener = file.opener(index);
  const isAlone = keysBefore(file, index).length > 0;
  const isCovered = opener >= 0 && !isAlone && coveredLists(file).has(opener);
  const token = file.tokens[index];
  const isItem = [index - 1, index + 1].every((neighbor) =>
    /^[,[\](){}]$/.test(file.tokens[neighbor]?.text ?? ''),
  );
  return {
    allows: allowsActions(file, index),
    isCovered,
    removal: isItem && token ? removeItem(file.text, token) : undefined,
  };
}

/** The brackets whose list holds an action that allows what replaces the old one. */
const coveredLists = oncePerFile(
  (file: TokenFile) =>
    new Set(
      file.tokens.flatMap(({ kind, text }, index) =>
        kind === 'string' && coveringAction.test(text) ? file.opener(index) : [],
      ),
    ),
);

/** Looks outwards from the action for the key of its list, and from there for the effect of the statement. */
function allowsActions(file: TokenFile, index: number): boolean {
  for (let inner = index, depth = 0; inner >= 0 && depth < 4; inner = file.opener(inner), depth++) {
    const keys = keysBefore(file, inner);
    if (keys.some((key) => exceptionsKey.test(key))) return false;
    if (keys.some((key) => actionsKey.test(key))) return !isDenied(file, file.opener(inner));
  }
  return false;
}

/** The names right before a value or a group: back to the comma, semicolon or bracket that ends what was before. */
function keysBefore(file: TokenFile, index: number): string[] {
  const keys: string[] = [];
  for (let before = index - 1; before >= Math.max(0, index - keyDistance); before--) {
    const token = file.tokens[before];
    if (!token || (token.kind === 'mark' && /[,;()[\]{}]/.test(token.text))) break;
    if (token.kind !== 'mark') keys.push(token.text);
  }
  return keys;
}

function isDenied(file: TokenFile, statement: number): boolean {
  const known = denials(file).get(statement);
  if (known !== undefined) return known;
  const words = file.group(statement).map((item) => file.tokens[item]?.text ?? '');
  const nested =
    statement < 0
      ? []
      : file.tokens.slice(statement, file.closer(statement)).map(({ text }) => text);
  const all = words.some((word) => /^effect$/i.test(word)) ? nested : words;
  const isOne = all.some(
    (word, at) =>
      /^(?:with)?effect$/i.test(word) &&
      all.slice(at, at + 7).some((value) => /^deny$/i.test(value)),
  );
  denials(file).set(statement, isOne);
  return isOne;
}

/** What is known of the statements of a file; one may hold thousands of actions. */
const denials = oncePerFile((_file: TokenFile) => new Map<number, boolean>());
