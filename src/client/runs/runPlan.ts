/** What is to be known before a file is sent; planRows.ts says it. */
import * as l10n from '@vscode/l10n';
import type { Uri, WorkspaceFolder } from 'vscode';
import { rateText } from '../../core/fileRun/runText';
import type { Connection } from '../../core/invocation/connection';
import type { FunctionHealth } from '../../core/invocation/functionHealth';
import type { InvokeApi } from '../../core/invocation/outcome';
import type { LineHeaders } from '../../core/invocationHeaders';
import type { EventFileCheck } from '../../files/eventFileCheck';
import type { PickRow } from '../ui/ui';
import type { Pace } from './runPaces';

/** A run that could begin. */
export interface RunPlan extends LineHeaders {
  readonly file: Uri;
  /** For people: the file's path in the workspace. */
  readonly label: string;
  readonly folder: WorkspaceFolder | undefined;
  readonly check: EventFileCheck;
  readonly functionName: string;
  readonly qualifier?: string;
  readonly api: InvokeApi;
  readonly connection: Connection;
  /** Name of the environment that is selected for its folder. */
  readonly environment?: string;
  readonly isLocal: boolean;
  readonly pace: Pace;
  /** How the function does; undefined where nobody asked. */
  readonly health?: FunctionHealth;
}

type Choice =
  | 'send'
  | 'sendFirst'
  | 'changeRate'
  | 'changeConcurrency'
  | 'changeApi'
  | 'useStepFunctions'
  | 'showInvalid'
  | 'showLargest'
  /** The row only says something. */
  | 'nothing';

export type PlanRow = PickRow &
  ({ readonly choice: Choice } | { readonly choice: 'useSafeRate'; readonly rate: number });

/** How many lines of a file are sent. */
export function eventsOf({ lines, invalid }: EventFileCheck): number {
  return lines - invalid;
}

/** A rate as it is chosen. */
export function paceText(rate: number | undefined): string {
  return rate === undefined ? l10n.t('no limit') : rateText(rate);
}
