import * as l10n from '@vscode/l10n';
import { Uri, workspace, type WorkspaceFolder } from 'vscode';
import { type Environments, type NamedEnvironment, renderFunction } from '../../core/environments';
import { unknownVariable } from '../../core/targetIdentifiers';
import { type Target, targetsPath } from '../../core/target';
import type { FolderTargets, TargetReading, TargetsFault } from './targetReading';

/** Which environment the events of a workspace folder go to. */
export type EnvironmentReading =
  /** Its `.lambda/targets.json` names none, or the workspace is not trusted and has no say. */
  | { readonly kind: 'none' }
  | {
      readonly kind: 'unselected';
      readonly environment?: undefined;
      readonly environments: Environments;
    }
  | {
      readonly kind: 'selected';
      readonly environment: NamedEnvironment;
      readonly environments: Environments;
    }
  | TargetsFault;

/** @param name what is selected; an environment that is gone counts as none */
export function environmentIn(
  targets: FolderTargets,
  name: string | undefined,
): EnvironmentReading {
  if (targets.kind === 'fault') return targets;
  const { environments } = targets;
  if (environments.size === 0 || !workspace.isTrusted) return { kind: 'none' };
  const environment = name === undefined ? undefined : environments.get(name);
  if (name === undefined || !environment) return { kind: 'unselected', environments };
  return { kind: 'selected', environment: { ...environment, name }, environments };
}

/** A target with its function filled in. While no environment is selected, its variables stay for all to see. */
export function renderedTargets(
  targets: readonly (Target | undefined)[],
  folder: WorkspaceFolder,
  reading: EnvironmentReading,
): TargetReading[] {
  return targets.map((target) =>
    target?.function.includes('${')
      ? renderedTarget(target, folder, reading)
      : { kind: 'target', target },
  );
}

function renderedTarget(
  target: Target,
  folder: WorkspaceFolder,
  reading: EnvironmentReading,
): TargetReading {
  if (reading.kind === 'fault') return reading;
  if (reading.kind === 'unselected') return { kind: 'target', target };
  const environment = reading.kind === 'selected' ? reading.environment : undefined;
  const rendered = renderFunction(target.function, environment);
  if ('functionName' in rendered)
    return { kind: 'target', target: { ...target, function: rendered.functionName } };
  return {
    kind: 'fault',
    uri: Uri.joinPath(folder.uri, targetsPath),
    reason: environment
      ? unknownVariable(rendered.unknown, environment.name)
      : l10n.t('No environment fills in {0}.', rendered.unknown),
    selection: undefined,
  };
}
