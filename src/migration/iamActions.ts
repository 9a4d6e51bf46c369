import * as l10n from '@vscode/l10n';
import type { TextEdit, TextRange } from '../core/problem';
import { removeItem, replace } from '../core/edits';
import { oncePerFile, oncePerName } from './once';
import { firstFrom } from './sorted';
import type { LexicalRules, Token, TokenFile } from './tokens';
import type { Use } from './use';
import { because } from './manualReasons';

/** The old IAM action, alone in a string; IAM compares actions without regard to case. */
const oldAction = /^lambda:InvokeAsync$/i;
/** Actions that allow what replaces the old one. */
export const coveringAction = /^(?:\*|lambda:(?:\*|Invoke\*|InvokeFunction))$/i;
/** `Action` of a policy, `actions` of a CDK, Pulumi or Terraform, `addActions()` and `withActions()` of statements. */
export const actionsKey = /^(?:add|with)?_?actions?$/i;
export const exceptionsKey = /^not_?actions?$/i;
/** What else stands in a statement of a policy, or in a permission of a function. */
export const statementKey =
  /^(?:(?:with)?effect|(?:not_?)?(?:resources?|principals?)|conditions?|sid|(?:statement_?id)|function_?name)$/i;
const functionKey = /^function_?name$/i;
/** What a statement is made by or stands in. */
const statementMaker = /statement|polic(?:y|ies)|permission/i;

/** What may stand between the key of a list and the list: `Actions: jsii.Strings(`, `new List<string> {`. */
const listMaker =
  /^(?:new|array|list|of|asList|singletonList|(?:mutable)?(?:list|set|array)Of|Strings?|str|object|any|interface|Set|Seq|Arrays|Collections|Immutable\w+|StringArray|jsii|pulumi|concat|tolist|toset|flatten|vec|Array|[.<>[\]&*!])$/i;
/** What looks at a value and does not send it: tests, comparisons, searches. */
const comparison =
  /^(?:expect|assert\w*|should\w*|\w*equals?|to(?:Strict)?(?:Equal|Be|Match|Contain)\w*|has\w*|match\w*|includes?|contains?|indexOf|replace\w*|g?sub)$/i;

/** How far before a list its key may stand. */
const keyDistance = 12;
/** How many brackets around an action are looked at. */
const mostDepth = 6;

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
  uses: (file) =>
    file.strings().flatMap(([index, token]) => {
      if (!oldAction.test(token.text)) return [];
      const context = contextOf(file, index);
      return context ? iamUse(token.inner, context) : [];
    }),
};

/** `aws lambda add-permission --action lambda:InvokeAsync`, also in strings and lists of arguments. */
export const permissionOptions: LexicalRules = {
  worthReading: /--action\b/,
  uses: (file) =>
    [
      ...file.text.matchAll(/--action["']?(?:=|,?\s{1,200})["']?lambda:InvokeAsync(?![\w:*])/gi),
    ].flatMap(({ index, 0: match }) => {
      const end = index + match.length;
      const isCode = (file.token(file.indexAt(index))?.start ?? end) <= index + 2;
      const range = { start: end - 'lambda:InvokeAsync'.length, end };
      return isCode ? iamUse(range, { allows: true, isCovered: false, removal: undefined }) : [];
    }),
};

export function iamUse(range: TextRange, { allows, isCovered, removal }: PolicyContext): Use {
  if (!allows) return unclear(range);
  const edit = isCovered ? removal : replace(range, 'lambda:InvokeFunction');
  const reason = because(l10n.t('the list already allows Invoke; remove this action'));
  return useAt(range, edit === undefined ? reason : { edits: [edit] });
}

/** A use in a policy of which nothing is certain. */
export function unclear(range: TextRange): Use {
  const reason = because(
    l10n.t(
      'the effect of this list is unclear (a Deny, a NotAction, or an effect that is not visible here)',
    ),
  );
  return useAt(range, reason);
}

const useAt = (range: TextRange, migration: Use['migration']): Use => ({
  sdk: 'iam',
  code: 'deprecated.iam-action',
  range,
  migration,
});

/** What stands around an action between brackets; `undefined` when it is no action of a policy. */
export function contextOf(file: TokenFile, index: number): PolicyContext | undefined {
  file.limit.tick();
  const list = file.opener(index);
  const key = keyOf(file, index);
  if (!key || !isOfPolicy(file, key)) return undefined;
  const isAlone = key.end === index - 1;
  const isItem = [index - 1, index + 1].every((beside) =>
    /^[,[\](){}]$/.test(textOf(file, beside)),
  );
  const isWhole = isItem || (isAlone && endsValue(file, index));
  const isCovered = list >= 0 && !isAlone && coveredLists(file).has(list);
  const token = file.token(index);
  return {
    allows: isWhole && allowsActions(file, key),
    isCovered,
    removal:
      isItem && token && !leavesNoTuple(file, list) ? removeItem(file.text, token) : undefined,
  };
}

/** A key before a value or its list: `Action: [`, `"Action" => array(`, `.addActions(`. */
interface Key {
  readonly index: number;
  /** The index of the last token between the key and the value or list. */
  readonly end: number;
  readonly name: string;
  readonly isMethod: boolean;
}

/** The key of a value, or of the list or nested lists around it. */
function keyOf(file: TokenFile, index: number): Key | undefined {
  for (let inner = index, depth = 0; inner >= 0 && depth < 4; inner = file.opener(inner), depth++) {
    const at = inner === index ? index - 1 : beforeMakers(file, inner);
    const isArrow = file.is(at, '>') && file.is(at - 1, '=');
    const isKeyed =
      isArrow || file.is(at, ':') || (file.is(at, '=') && !/[=!<>+]/.test(textOf(file, at - 1)));
    const name = isKeyed ? at - (isArrow ? 2 : 1) : at;
    const token = file.token(name);
    const isMethod =
      !isKeyed && inner !== index && file.is(name + 1, '(') && actionsKey.test(token?.text ?? '');
    if (isMethod || (isKeyed && token && token.kind !== 'mark'))
      return { index: name, end: isMethod ? inner : at, name: token?.text ?? '', isMethod };
    // Only what stands first in a bracket may belong to a list around it.
    if (inner !== index && at !== file.opener(inner) && !file.is(at, ',')) return undefined;
  }
  return undefined;
}

/** The index of what stands before the names that make a list, such as `new List<string>`. */
function beforeMakers(file: TokenFile, list: number): number {
  for (let at = list - 1; at > list - keyDistance; at--) {
    const isArrow = file.is(at, '>') && file.is(at - 1, '=');
    if (isArrow || !listMaker.test(textOf(file, at))) return at;
  }
  return list - keyDistance;
}

const textOf = (file: TokenFile, index: number) => file.token(index)?.text ?? '';

/** Whether a key is that of the actions of a policy, or names a list that becomes them. */
function isOfPolicy(file: TokenFile, key: Key): boolean {
  if (exceptionsKey.test(key.name)) return true;
  if (!actionsKey.test(key.name)) return becomesActions(file, key.name);
  return (
    /^(?:add|with)/i.test(key.name) ||
    statementAround(file, key).keys.some(({ text }) => statementKey.test(text)) ||
    isMadeBy(file, key, statementMaker)
  );
}

/** Whether a name of the kind stands before one of the brackets around a key. */
function isMadeBy(file: TokenFile, { index }: Key, maker: RegExp): boolean {
  let at = file.opener(index);
  for (let depth = 0; at >= 0 && depth < 3; at = file.opener(at), depth++) {
    if ([1, 2].some((step) => maker.test(textOf(file, at - step)))) return true;
  }
  return false;
}

/** Whether a list of this name is given to the actions of a policy elsewhere in the file. */
const becomesActions = oncePerName((file: TokenFile, name: string) =>
  file
    .places(name)
    .some((index) =>
      [2, 3].some(
        (step) =>
          /^[:=(>]$/.test(textOf(file, index - 1)) && actionsKey.test(textOf(file, index - step)),
      ),
    ),
);

/** What the members of a statement say. */
interface Statement {
  /** The words and strings that a value follows. */
  readonly keys: readonly Token[];
  readonly effect: 'allow' | 'unclear' | 'none';
}

/** The statement that a key belongs to: all in its brackets, or the chain of calls. */
function statementAround(file: TokenFile, { index, isMethod }: Key): Statement {
  const around = file.opener(index);
  const members = file.group(around);
  if (isMethod) return statementOf(file, chainAround(file, members, index));
  const known = statements(file).get(around) ?? statementOf(file, members);
  statements(file).set(around, known);
  return known;
}

/** What is known of the statements of a file; one may hold thousands of actions. */
const statements = oncePerFile((_file: TokenFile) => new Map<number, Statement>());

/** How many tokens of a chain of calls are looked at in each direction. */
const chainLength = 100;

function chainAround(file: TokenFile, members: readonly number[], index: number): number[] {
  const at = firstFrom(members, index, (member) => member);
  const before = members.slice(Math.max(0, at - chainLength), at);
  const after = members.slice(at, at + chainLength);
  const start = before.findLastIndex((member) => /^[;=]$/.test(textOf(file, member)));
  const end = after.findIndex((member) => /^[;=]$/.test(textOf(file, member)));
  return [...before.slice(start + 1), ...(end < 0 ? after : after.slice(0, end))];
}

function statementOf(file: TokenFile, members: readonly number[]): Statement {
  const named = members.filter((index) => /^[:=(]$/.test(textOf(file, index + 1)));
  const keys = named.flatMap((index) => file.token(index) ?? []);
  const effects = named.filter((index) => /^(?:with)?effect$/i.test(textOf(file, index)));
  // What is spread into a statement may hold an effect.
  const isKnown =
    !members.some((at) => isSpread(file, at)) && effects.every((at) => isAllow(file, at));
  return { keys, effect: !isKnown ? 'unclear' : effects.length > 0 ? 'allow' : 'none' };
}

/** Whether the statement around a key allows, for certain, and is what is sent. */
function allowsActions(file: TokenFile, key: Key): boolean {
  if (!actionsKey.test(key.name) || setsEffect(file) || isCompared(file, key.index)) return false;
  const { keys, effect } = statementAround(file, key);
  if (effect !== 'none') return effect === 'allow';
  if (/^(?:add|with)/i.test(key.name)) return !mentionsDeny(file);
  // Where statements are written in code, they allow unless they say otherwise; in data they have to say it.
  const isCode = /s$/i.test(key.name) && file.token(key.index)?.kind === 'word';
  const isPermission =
    keys.some(({ text }) => functionKey.test(text)) || isMadeBy(file, key, /permission$/i);
  return isCode || isPermission;
}

const isSpread = (file: TokenFile, at: number) =>
  ['.', '*'].some((mark) => file.is(at, mark) && file.is(at + 1, mark));

/** Whether a key's value says that a statement allows: `'Allow'`, `iam.Effect.ALLOW`, `(Effect.Allow)`. */
function isAllow(file: TokenFile, key: number): boolean {
  for (let at = key + 1; at < key + 9; at++) {
    const text = textOf(file, at);
    if (/^(?:[,;?|]|if|or)$/.test(text) || /deny$/i.test(text)) return false;
    if (/allow$/i.test(text)) return endsValue(file, at);
  }
  return false;
}

/** Whether an expression ends after a token: at a mark, or with the line. */
function endsValue(file: TokenFile, index: number): boolean {
  const token = file.token(index);
  const next = file.token(index + 1);
  if (!token || !next || /^[,;)\]}]$/.test(next.text)) return true;
  return file.text.slice(token.end, next.start).includes('\n') && !/^[?|+.&]$/.test(next.text);
}

/** Whether the file sets the effect of a statement after it was made. */
const setsEffect = oncePerFile(({ text }: TokenFile) =>
  /(?:\.\s*effect|\[\s*["']effect["']\s*\])\s*=(?!=)|\bset_?effect\b/i.test(text),
);

const mentionsDeny = oncePerFile(({ text }: TokenFile) => /(?:\b|_|effect)deny\b/i.test(text));

/** Whether what stands around a token is compared or searched for, as in a test. */
export function isCompared(file: TokenFile, index: number): boolean {
  let inner = index;
  for (let depth = 0; inner >= 0 && depth < mostDepth; inner = file.opener(inner), depth++) {
    const before = textOf(file, inner - 1);
    if (
      comparison.test(before) ||
      (file.is(inner - 1, '=') && /[=!]/.test(textOf(file, inner - 2)))
    )
      return true;
  }
  return false;
}

/** Whether a list is a tuple of Python that one item less makes an expression in brackets. */
function leavesNoTuple(file: TokenFile, list: number): boolean {
  const isCall = file.token(list - 1)?.kind === 'word';
  return (
    file.is(list, '(') && !isCall && file.group(list).filter((at) => file.is(at, ',')).length < 2
  );
}

/** The brackets whose list holds an action that allows what replaces the old one. */
const coveredLists = oncePerFile(
  (file: TokenFile) =>
    new Set(
      file
        .strings()
        .flatMap(([index, { text }]) => (coveringAction.test(text) ? file.opener(index) : [])),
    ),
);
