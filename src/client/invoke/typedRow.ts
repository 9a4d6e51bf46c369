/** The rows of the function pick, and which of them is made of what is typed. */
import * as l10n from '@vscode/l10n';
import { functionOfConsolePage } from '../../core/functionIdentifier/consoleUrl';
import { correctedTarget } from '../../core/functionIdentifier/corrected';
import { describeIdentifier } from '../../core/functionIdentifier/describe';
import { parseFunctionIdentifier } from '../../core/functionIdentifier/parse';
import { identifierProblems } from '../../core/functionIdentifier/problems';
import type { StackFunction } from '../../core/projectFunctions/declaredFunction';

export interface FunctionRow {
  readonly kind: 'function';
  readonly functionName: string;
  readonly detail: string;
  /** Its name is a logical ID. */
  readonly ofStack?: StackFunction;
}

export type Row =
  | { readonly kind: 'heading'; readonly label: string }
  | FunctionRow
  /** Keeps the place of a row that may come. */
  | { readonly kind: 'place' }
  /** What is typed, as a function to choose; `isWarned` when it is hardly meant so. */
  | {
      readonly kind: 'typed';
      readonly functionName: string;
      readonly detail: string;
      readonly isWarned?: boolean;
    }
  /** What is typed is the address of a function's page in the console. */
  | {
      readonly kind: 'page';
      readonly functionName: string;
      readonly region: string | undefined;
      readonly detail: string;
    }
  /** Leads on to the versions and aliases of the function that is typed. */
  | {
      readonly kind: 'qualifiers';
      readonly functionName: string;
      readonly text: string;
      readonly detail: string;
    }
  /** Has the account asked for its functions. */
  | { readonly kind: 'account'; readonly text: string; readonly detail: string }
  /** What is typed is wrong, and this is certainly meant. */
  | { readonly kind: 'correction'; readonly functionName: string; readonly detail: string }
  /** What is typed is wrong, or not complete yet. */
  | { readonly kind: 'wrong' | 'incomplete'; readonly text: string; readonly detail: string }
  /** About the list. */
  | { readonly kind: 'note' | 'warning'; readonly text: string; readonly detail: string };

/** The row of what is typed; a heading, which does not show, while there is nothing to say of it. */
export function typedRow(text: string, functions: readonly FunctionRow[]): Row {
  if (text === '' || functions.some(({ functionName }) => functionName === text)) {
    return { kind: 'heading', label: '' };
  }
  const page = functionOfConsolePage(text);
  if (page) {
    const { functionIdentifier: functionName, region } = page;
    const words = describeIdentifier(functionName);
    const isPlaced = region === undefined || functionName.startsWith('arn:');
    const detail = isPlaced ? words : `${words} · ${l10n.t('region')} ${region}`;
    return { kind: 'page', functionName, region, detail };
  }
  const problems = identifierProblems(text, { isTarget: true });
  const error = problems.find(({ severity }) => severity === 'error');
  const description = describeIdentifier(text);
  if (!error) {
    const warnings = problems.map(({ message }) => message);
    const detail = [...warnings, description].join(' · ');
    const isWarned = problems.some(({ severity }) => severity === 'warning');
    return { kind: 'typed', functionName: text, detail, ...(isWarned && { isWarned }) };
  }
  const corrected = correctedTarget(text);
  if (corrected !== undefined) {
    return { kind: 'correction', functionName: corrected, detail: error.message };
  }
  return error.code === 'identifier.incomplete-arn' && description !== ''
    ? { kind: 'incomplete', text, detail: description }
    : { kind: 'wrong', text, detail: error.message };
}

/** Whether the text of the row names a function by itself, whatever longer names contain it. */
export function isWhole(typed: Row): boolean {
  if (typed.kind === 'page') return true;
  if (typed.kind !== 'typed' && typed.kind !== 'correction') return false;
  const parsed = parseFunctionIdentifier(typed.functionName);
  if (!parsed.ok) return false;
  const { form, account, resourceType } = parsed.identifier;
  return account !== undefined && (form !== 'arn' || resourceType !== undefined);
}
