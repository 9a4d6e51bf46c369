import type { Range, Uri } from 'vscode';
import type { Target } from '../../core/target';
import type { TargetsReading } from '../../core/targetsReading';

/** Where a payload goes. */
export type TargetReading =
  /** Without a target where nothing names one. */
  { readonly kind: 'target'; readonly target: Target | undefined } | TargetsFault;

/** Why nobody can say where the payloads of a workspace folder go: nothing of it is sent, and the user is told. */
export interface TargetsFault {
  readonly kind: 'fault';
  /** The `.lambda/targets.json`. */
  readonly uri: Uri;
  /** A sentence for people. */
  readonly reason: string;
  /** Where in the file; `undefined` when it cannot be read. */
  readonly selection: Range | undefined;
}

export type FolderTargets = Extract<TargetsReading, { kind: 'targets' }> | TargetsFault;
