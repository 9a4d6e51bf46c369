import * as l10n from '@vscode/l10n';
import { Range, type Uri } from 'vscode';
import { functionLabel } from '../../core/functionIdentifier/label';
import type { Connection } from '../../core/invocation/connection';
import { shownNumber } from '../../core/shownNumber';
import { billedUnits } from '../../core/stepFunctions/cost';
import { type MapOptions, mostConcurrency } from '../../core/stepFunctions/definition';
import { isBucketName, isPrefix, normalizedPrefix } from '../../core/stepFunctions/names';
import type { FoundStack } from '../../aws/stepFunctions/main';
import type { LinesLeftOut, MapItemsCheck } from '../../files/mapItems';
import { placeParts, sizeLabel } from '../invoke/callText';
import type { PickRow, Ui } from '../ui/ui';
import { wholeNumberProblem } from '../ui/wholeNumber';

/** What is asked before a template is written: afterwards, the template says it. */
export interface StackOptions extends MapOptions {
  /** An existing bucket; without one, the template makes its own. */
  readonly bucket?: string | undefined;
  readonly prefix: string;
}

export const usualOptions: StackOptions = {
  prefix: '',
  concurrency: 100,
  toleratedFailurePercentage: 100,
};

/** What is to be known before a file goes through Step Functions. */
export interface StackPlan {
  readonly file: Uri;
  /** For people: the file's path in the workspace. */
  readonly label: string;
  readonly functionArn: string;
  readonly connection: Connection;
  readonly check: MapItemsCheck;
  /** Parts in which the file is uploaded. */
  readonly parts: number;
  readonly options: StackOptions;
  /** None before the template is written. */
  readonly stack: FoundStack | undefined;
}

type Choice =
  | 'send'
  | 'write'
  | 'deploy'
  | 'openTemplate'
  | 'checkAgain'
  | 'sendLarge'
  | 'changeBucket'
  | 'changePrefix'
  | 'changeConcurrency'
  | 'changeTolerance'
  | 'showInvalid'
  | 'showLarge';

export type StackRow = PickRow & { readonly choice: Choice };

export interface StackDecision {
  readonly kind: 'send' | 'write' | 'deploy' | 'openTemplate' | 'checkAgain' | 'sendLarge';
  readonly options: StackOptions;
}

/** Shows what will happen, and lets the user change it. `undefined` when they cancelled. */
export async function chooseStep(
  plan: StackPlan,
  ui: Pick<Ui, 'askForText' | 'pickRow' | 'run'>,
): Promise<StackDecision | undefined> {
  let { options } = plan;
  for (;;) {
    const row = await ui.pickRow(stackRows({ ...plan, options }), {
      title: l10n.t('Lambda: Send {0} with Step Functions', plan.label),
      placeHolder: l10n.t('What will happen; select a row to do or change it'),
      ignoreFocusOut: true,
    });
    if (!row) return undefined;
    switch (row.choice) {
      case 'showInvalid':
        return showLine(plan, plan.check.invalid, ui);
      case 'showLarge':
        return showLine(plan, plan.check.tooLarge, ui);
      case 'changeBucket':
      case 'changePrefix':
      case 'changeConcurrency':
      case 'changeTolerance':
        options = { ...options, ...(await askFor(row.choice, options, ui)) };
        break;
      case 'send':
      case 'write':
      case 'deploy':
      case 'openTemplate':
      case 'checkAgain':
      case 'sendLarge':
        return { kind: row.choice, options };
    }
  }
}

/** The rows of a plan, the step that comes next first; pure. */
export function stackRows(plan: StackPlan): StackRow[] {
  const { stack, check } = plan;
  return [
    ...(stack ? stepRows(plan, stack) : templateRows(plan)),
    ...largeRows(check.tooLarge),
    ...invalidRows(check.invalid),
  ];
}

function templateRows({ functionArn, connection, options }: StackPlan): StackRow[] {
  const { label } = functionLabel(functionArn);
  return [
    {
      icon: 'file-code',
      label: l10n.t('Write the Template for {0}', label),
      description: '.lambda/step-functions',
      detail: [
        l10n.t('a state machine, its role, and how to deploy them; nothing is created in AWS'),
        ...placeParts(connection),
      ].join(' · '),
      choice: 'write',
    },
    {
      icon: 'archive',
      label: l10n.t('Bucket: {0}', options.bucket ?? l10n.t('created by the template')),
      description: l10n.t('for the event file and the results'),
      choice: 'changeBucket',
    },
    {
      icon: 'folder',
      label: l10n.t('Prefix: {0}', options.prefix === '' ? l10n.t('none') : options.prefix),
      choice: 'changePrefix',
    },
    {
      icon: 'layers',
      label: l10n.t('Concurrency: {0}', shownNumber(options.concurrency)),
      description: l10n.t('events sent at once, at most'),
      choice: 'changeConcurrency',
    },
    {
      icon: 'shield',
      label: l10n.t('Tolerated failures: {0} %', shownNumber(options.toleratedFailurePercentage)),
      description: l10n.t('more than that end the execution'),
      choice: 'changeTolerance',
    },
  ];
}

function stepRows(plan: StackPlan, stack: FoundStack): StackRow[] {
  const template: StackRow = {
    icon: 'file-code',
    label: l10n.t('Open the Template'),
    choice: 'openTemplate',
  };
  switch (stack.kind) {
    case 'ready':
      return [...(plan.check.items > 0 ? [sendRow(plan, stack.bucket)] : []), template];
    case 'none':
      return [deployRow(l10n.t('Deploy the Template')), template];
    case 'busy':
      return [
        {
          icon: 'sync',
          label: l10n.t('Check Again'),
          description: l10n.t('the stack is being changed: {0}', stack.status),
          choice: 'checkAgain',
        },
        template,
      ];
    case 'unusable':
      return [
        {
          ...deployRow(l10n.t('Deploy the Template Again')),
          icon: 'warning',
          detail: [stack.status, stack.reason].filter(Boolean).join(': '),
        },
        template,
      ];
    default:
      return stack satisfies never;
  }
}

function deployRow(label: string): StackRow {
  return {
    icon: 'cloud-upload',
    label,
    description: l10n.t('runs aws cloudformation deploy in a terminal'),
    choice: 'deploy',
  };
}

function sendRow({ functionArn, connection, check, parts }: StackPlan, bucket: string): StackRow {
  const units = billedUnits(check.items, parts);
  const { label } = functionLabel(functionArn);
  const words = { events: shownNumber(check.items), function: label };
  return {
    icon: 'cloud',
    label:
      check.items === 1
        ? l10n.t('Send 1 event to {0}', label)
        : l10n.t('Send {events} events to {function}', words),
    description: [sizeLabel(check.itemBytes), l10n.t('through {0}', bucket)].join(' · '),
    detail: [
      ...placeParts(connection),
      l10n.t('at least {0} state transitions', shownNumber(units.stateTransitions)),
    ].join(' · '),
    choice: 'send',
  };
}

function largeRows({ count, problems: [first] }: LinesLeftOut): StackRow[] {
  if (!first) return [];
  return [
    {
      icon: 'warning',
      label:
        count === 1
          ? l10n.t('1 line is too large for Step Functions')
          : l10n.t('{0} lines are too large for Step Functions', shownNumber(count)),
      detail: lineText(first),
      choice: 'showLarge',
    },
    {
      icon: 'list-ordered',
      label: l10n.t('Send These from Here…'),
      description: l10n.t('with Invoke, which takes up to 1 MB'),
      choice: 'sendLarge',
    },
  ];
}

function invalidRows({ count, problems: [first] }: LinesLeftOut): StackRow[] {
  if (!first) return [];
  return [
    {
      icon: 'warning',
      label:
        count === 1
          ? l10n.t('1 invalid line will be skipped')
          : l10n.t('{0} invalid lines will be skipped', shownNumber(count)),
      detail: lineText(first),
      choice: 'showInvalid',
    },
  ];
}

function lineText({ line, message }: LinesLeftOut['problems'][number]): string {
  return l10n.t('Line {line}: {problem}', { line: shownNumber(line), problem: message });
}

async function showLine(
  { file }: StackPlan,
  { problems: [first] }: LinesLeftOut,
  ui: Pick<Ui, 'run'>,
): Promise<undefined> {
  const line = (first?.line ?? 1) - 1;
  await ui.run('vscode.open', file, { selection: new Range(line, 0, line, 0) });
}

async function askFor(
  what: 'changeBucket' | 'changePrefix' | 'changeConcurrency' | 'changeTolerance',
  options: StackOptions,
  ui: Pick<Ui, 'askForText'>,
): Promise<Partial<StackOptions>> {
  switch (what) {
    case 'changeBucket': {
      const typed = await ui.askForText({
        title: l10n.t('Lambda: Bucket'),
        prompt: l10n.t(
          'A bucket of the function’s account and region; empty for one that the template creates',
        ),
        value: options.bucket ?? '',
        ignoreFocusOut: true,
        validateInput: (name) =>
          name.trim() === '' || isBucketName(name.trim())
            ? undefined
            : l10n.t('This is not the name of a bucket.'),
      });
      return typed === undefined ? {} : { bucket: typed.trim() || undefined };
    }
    case 'changePrefix': {
      const typed = await ui.askForText({
        title: l10n.t('Lambda: Prefix'),
        prompt: l10n.t('The folder in the bucket; empty for none'),
        value: options.prefix,
        ignoreFocusOut: true,
        validateInput: (prefix) =>
          isPrefix(normalizedPrefix(prefix))
            ? undefined
            : l10n.t('Use letters, digits and the characters {0} only.', '/ . _ - ='),
      });
      return typed === undefined ? {} : { prefix: normalizedPrefix(typed) };
    }
    case 'changeConcurrency': {
      const concurrency = await askForMapConcurrency(options.concurrency, ui);
      return concurrency === undefined ? {} : { concurrency };
    }
    case 'changeTolerance': {
      const typed = await ui.askForText({
        title: l10n.t('Lambda: Tolerated Failures'),
        prompt: l10n.t('Percentage of events that may fail before the execution ends'),
        value: String(options.toleratedFailurePercentage),
        ignoreFocusOut: true,
        validateInput: (value) => wholeNumberProblem(value, 0, 100),
      });
      return typed === undefined ? {} : { toleratedFailurePercentage: Number(typed) };
    }
    default:
      return what satisfies never;
  }
}

/** Asks how many events are sent at once. `undefined` when the user cancelled. */
export async function askForMapConcurrency(
  current: number,
  ui: Pick<Ui, 'askForText'>,
): Promise<number | undefined> {
  const typed = await ui.askForText({
    title: l10n.t('Lambda: Concurrency'),
    prompt: l10n.t('Events sent at once, at most'),
    value: String(current),
    ignoreFocusOut: true,
    // 0 would be no limit.
    validateInput: (value) => wholeNumberProblem(value, 1, mostConcurrency),
  });
  return typed === undefined ? undefined : Number(typed);
}
