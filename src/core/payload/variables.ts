/** Variables in payloads: `${…}` in the strings of a payload whose target says `"variables": true`. */
import * as l10n from '@vscode/l10n';
import { type Environments, type NamedEnvironment, variableName } from '../environments';
import type { Problem, TextRange } from '../problem';
import { shortened } from '../shortened';
import { longestPayload } from './size';
import { scanJson } from './scan';

/** A place that is filled in, as it stands in a string of the payload. */
export interface Placeholder {
  /** `${…}`, or what stands there of it. */
  readonly text: string;
  readonly range: TextRange;
  /** The string around it, quotes included. */
  readonly string: TextRange;
}

/** What a placeholder asks for. */
export type Variable =
  | { readonly kind: 'uuid' }
  | { readonly kind: 'now' }
  | { readonly kind: 'environmentName' }
  /** Of the machine. */
  | { readonly kind: 'machine'; readonly name: string }
  | { readonly kind: 'input'; readonly question: string }
  /** Of the selected environment. */
  | { readonly kind: 'own'; readonly name: string };

/** In characters, of a placeholder that means something. */
const longestPlaceholder = 300;

/** Nobody answers more of them for one event. */
const mostQuestions = 20;

/** Never filled in: an event is no place for them. */
const secret = /^AWS_(?:ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN|SECURITY_TOKEN)$/i;

/** Why a payload with variables is not sent by anything but the editor, for one event. */
export function needsEditor(payload: string): string {
  return l10n.t(
    'The target of {0} fills in variables, and only the editor does that, for one event at a time.',
    payload,
  );
}

/** Whether there may be any. */
export function mayHavePlaceholders(text: string): boolean {
  return text.includes('${');
}

/**
 * The placeholders in the strings of a text, keys among them, in their order: in one pass, for any text. Of one that is
 * not JSON those before its first error.
 */
export function placeholdersIn(text: string): Placeholder[] {
  const placeholders: Placeholder[] = [];
  const look = (start: number, end: number) => {
    if (text[start] !== '"') return;
    const written = text.slice(start + 1, end - 1);
    for (const { 0: found, index } of written.matchAll(/\$\{[^}]*\}?/g)) {
      const at = start + 1 + index;
      const range = { start: at, end: at + found.length };
      placeholders.push({ text: found, range, string: { start, end } });
    }
  };
  const visitor = { open() {}, close() {}, key: look, scalar: look };
  if (mayHavePlaceholders(text)) scanJson(text, visitor, 1);
  return placeholders;
}

/** What a placeholder asks for, or why it asks for nothing. */
export function variableOf(placeholder: string): Variable | { readonly fault: string } {
  const inside = placeholder.endsWith('}') ? unescaped(placeholder.slice(2, -1)) : undefined;
  if (inside === undefined || placeholder.length > longestPlaceholder)
    return { fault: unfinished() };
  if (inside === 'uuid' || inside === 'now') return { kind: inside };
  if (inside === 'env') return { kind: 'environmentName' };
  const [, machine] = /^env\.([A-Za-z_]\w*)$/.exec(inside) ?? [];
  if (machine !== undefined) {
    return secret.test(machine)
      ? { fault: l10n.t('{0} is a credential, and never filled in.', machine) }
      : { kind: 'machine', name: machine };
  }
  const [, question = ''] = /^input:(.*)$/s.exec(inside) ?? [];
  if (question.trim() !== '') return { kind: 'input', question: question.trim() };
  if (variableName.test(inside)) return { kind: 'own', name: inside };
  return { fault: unknownPlaceholder(placeholder) };
}

/** The part between the braces, as JSON means it; `undefined` for a broken escape. */
function unescaped(written: string): string | undefined {
  try {
    return JSON.parse(`"${written}"`) as string;
  } catch {
    return undefined;
  }
}

/** The questions that a payload asks, each once, in their order. */
export function questionsIn(placeholders: readonly Placeholder[]): string[] {
  const questions = placeholders.flatMap(({ text }) => {
    const variable = variableOf(text);
    return 'kind' in variable && variable.kind === 'input' ? [variable.question] : [];
  });
  return [...new Set(questions)];
}

/** What variables stand for when an event is sent. */
export interface VariableValues {
  /** A new one each time. */
  readonly uuid: () => string;
  /** In ISO 8601; the same in the whole payload. */
  readonly now: string;
  readonly environment: NamedEnvironment | undefined;
  /** A variable of the machine's environment. */
  readonly machine: (name: string) => string | undefined;
  /** By question. */
  readonly answers: ReadonlyMap<string, string>;
}

/** A payload with its variables filled in, or the first reason why it cannot be. */
export type FilledPayload = { readonly text: string } | { readonly fault: string };

/**
 * Fills in the variables of a JSON text, as a part of their strings: nothing that they hold can end one. What they hold
 * is not looked at again. A result that is larger than any payload is a fault.
 */
export function fillPayload(text: string, values: VariableValues): FilledPayload {
  const placeholders = placeholdersIn(text);
  if (questionsIn(placeholders).length > mostQuestions)
    return { fault: l10n.t('The payload asks more than {0} questions.', mostQuestions) };
  const parts: string[] = [];
  let at = 0;
  let length = text.length;
  for (const placeholder of placeholders) {
    const found = valueOf(placeholder.text, values);
    if ('fault' in found) return { fault: located(found.fault, text, placeholder.range.start) };
    const written = JSON.stringify(found.value).slice(1, -1);
    length += written.length - placeholder.text.length;
    if (length > longestPayload)
      return { fault: l10n.t('With its variables filled in, the payload is larger than 2 MB.') };
    parts.push(text.slice(at, placeholder.range.start), written);
    at = placeholder.range.end;
  }
  return { text: [...parts, text.slice(at)].join('') };
}

function valueOf(
  placeholder: string,
  values: VariableValues,
): { readonly value: string } | { readonly fault: string } {
  const variable = variableOf(placeholder);
  if ('fault' in variable) return variable;
  const value = valueFor(variable, values);
  if (value !== undefined) return { value };
  if (variable.kind === 'machine')
    return { fault: l10n.t('This machine has no environment variable {0}.', variable.name) };
  return { fault: unknownPlaceholder(placeholder, values.environment?.name) };
}

function valueFor(variable: Variable, values: VariableValues): string | undefined {
  if (variable.kind === 'uuid') return values.uuid();
  if (variable.kind === 'now') return values.now;
  if (variable.kind === 'environmentName') return values.environment?.name;
  if (variable.kind === 'machine') return values.machine(variable.name);
  if (variable.kind === 'input') return values.answers.get(variable.question);
  return ownValue(values.environment, variable.name);
}

/** A file of somebody else can name many environments, and a payload many variables. */
const mostLooks = 200_000;

/** What is wrong with the placeholders of a payload, whichever of the environments is selected; up to 100. */
export function variableProblems(text: string, environments: Environments): Problem[] {
  const problems: Problem[] = [];
  let looks = 0;
  for (const { text: placeholder, range } of placeholdersIn(text)) {
    looks += 1 + environments.size;
    if (problems.length >= 100 || looks > mostLooks) break;
    const message = faultIn(placeholder, environments);
    if (message !== undefined)
      problems.push({ code: 'payload.variable', severity: 'error', message, range, fixes: [] });
  }
  return problems;
}

function faultIn(placeholder: string, environments: Environments): string | undefined {
  const variable = variableOf(placeholder);
  if ('fault' in variable) return variable.fault;
  const { kind } = variable;
  if (kind === 'environmentName')
    return environments.size === 0 ? unknownPlaceholder(placeholder) : undefined;
  if (kind !== 'own') return undefined;
  if (environments.size === 0) return unknownPlaceholder(placeholder);
  const without = [...environments].find(
    ([, environment]) => ownValue(environment, variable.name) === undefined,
  );
  return without && unknownPlaceholder(placeholder, without[0]);
}

/** A variable that an environment has. */
export function ownValue(
  environment: Pick<NamedEnvironment, 'variables'> | undefined,
  name: string,
): string | undefined {
  const variables = environment?.variables ?? {};
  return Object.hasOwn(variables, name) ? variables[name] : undefined;
}

function unfinished(): string {
  return l10n.t(
    'The placeholder has no end, or is too long. For the text itself write {0}.',
    literal,
  );
}

const literal = String.raw`\u0024{`;
const known = ['uuid', 'now', 'env.NAME', 'input:Question', 'env'].map((name) => `\${${name}}`);

function unknownPlaceholder(placeholder: string, environment?: string): string {
  const variable = shortened(placeholder, 60);
  return environment === undefined
    ? l10n.t(
        '{0} is unknown. There are {1}, and the variables of environments. For the text itself write {2}.',
        variable,
        known.join(', '),
        literal,
      )
    : l10n.t('{variable} is not a variable of the environment {environment}.', {
        variable,
        environment,
      });
}

function located(fault: string, text: string, offset: number): string {
  const line = text.slice(0, offset).split('\n').length;
  return l10n.t('Line {line}: {reason}', { line, reason: fault });
}
