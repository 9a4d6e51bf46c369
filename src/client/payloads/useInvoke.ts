import { workspace } from 'vscode';
import { sizeProblem } from '../../core/payload/size';
import { parseTargets, targetOf } from '../../core/targets';
import { withTarget } from '../../core/targetsEdit';
import type { PayloadToSend } from '../../protocol/messages';
import { writingTargets } from './targetsError';
import { rewriteTargets } from './targetsFile';
import { pathInFolder } from './targetStore';
import type { Services } from '../services';

/**
 * What the quick fix of a payload runs that is too large for InvokeAsync and not for Invoke: makes Invoke the API of
 * the target that it has. Whoever else runs it can have nothing but that written.
 */
export async function useInvoke(_: Services, argument?: unknown): Promise<void> {
  if (!isPayload(argument)) return;
  const { uri: payload } = argument;
  const document = workspace.textDocuments.find(({ uri }) => uri.toString() === payload);
  const folder = document && workspace.getWorkspaceFolder(document.uri);
  if (!folder || !needsInvoke(document.getText())) return;
  const path = pathInFolder(folder, document.uri);
  await writingTargets(() =>
    rewriteTargets(folder, (text) => {
      const target = targetOf(path, parseTargets(text));
      return target ? withTarget(text, path, { function: target.function, api: 'Invoke' }) : text;
    }),
  );
}

function needsInvoke(payload: string): boolean {
  return sizeProblem(payload, 'InvokeAsync') !== undefined && !sizeProblem(payload, 'Invoke');
}

function isPayload(argument: unknown): argument is PayloadToSend {
  if (typeof argument !== 'object' || argument === null) return false;
  return typeof (argument as Partial<Record<keyof PayloadToSend, unknown>>).uri === 'string';
}
