import type { Uri, WorkspaceFolder } from 'vscode';
import type { Target } from '../../core/target';
import type { TargetReading, TargetsFault } from './targetReading';
import type { TargetStore } from './targetStore';

/** A file of `payloads.include`. */
export interface PayloadFile {
  readonly uri: Uri;
  readonly folder: WorkspaceFolder;
  /** Relative to the workspace folder, separated by `/`. */
  readonly path: string;
}

/** A saved payload: such a file, with the target that is known for it. */
export interface SavedPayload extends PayloadFile {
  readonly target: Target | undefined;
  /** Why nobody can say where it goes. */
  readonly fault?: TargetsFault;
}

/** Payload files with the targets that are known for them. */
export async function withTargets(
  files: readonly PayloadFile[],
  targets: Pick<TargetStore, 'targetsAt'>,
): Promise<SavedPayload[]> {
  const known = new Map<PayloadFile, TargetReading>();
  for (const folder of new Set(files.map((file) => file.folder))) {
    const own = files.filter((file) => file.folder === folder);
    const readings = await targets.targetsAt(
      folder,
      own.map(({ path }) => path),
    );
    for (const [index, file] of own.entries()) {
      const reading = readings[index];
      if (reading) known.set(file, reading);
    }
  }
  return files.map((file): SavedPayload => {
    const reading = known.get(file);
    return reading?.kind === 'fault'
      ? { ...file, target: undefined, fault: reading }
      : { ...file, target: reading?.target };
  });
}
