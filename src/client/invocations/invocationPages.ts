import { Disposable, EventEmitter, languages, Uri, workspace } from 'vscode';
import type { KnownFunctions } from '../invoke/knownFunctions';
import type { History } from './history';
import type { HistoryEntry } from './historyEntry';
import type { LogFollower } from './logFollower';

const scheme = 'invoke-async-invocation';

/** The address of the page with the details of an invocation. Its ending gives it the colors of a log. */
export function invocationPageUri({ id, functionName, payload }: HistoryEntry): Uri {
  const names = [functionName.replace(/^.*:function:/, ''), payload.label.split('/').at(-1)];
  return Uri.from({ scheme, path: `/${id}/${names.join(' ').replaceAll(/[\\/:]/g, '-')}.log` });
}

/** The id of the invocation that a page is about. */
export function invocationIdOf({ path }: Pick<Uri, 'path'>): string {
  return path.split('/')[1] ?? '';
}

/** Lets editors show the details of invocations, on pages that change with them. What writes them is loaded with the first. */
export function provideInvocationPages(
  history: History,
  follower: LogFollower,
  functions: KnownFunctions,
): Disposable {
  const changed = new EventEmitter<Uri>();
  const lensesChanged = new EventEmitter<void>();
  const load = async () =>
    (await import('./invocationPage')).invocationPage(history, follower, functions);
  let page: ReturnType<typeof load> | undefined;
  return Disposable.from(
    changed,
    lensesChanged,
    workspace.registerTextDocumentContentProvider(scheme, {
      onDidChange: changed.event,
      provideTextDocumentContent: async (uri) => (await (page ??= load())).text(uri),
    }),
    languages.registerCodeLensProvider(
      { scheme },
      {
        onDidChangeCodeLenses: lensesChanged.event,
        provideCodeLenses: async ({ uri }) => (await (page ??= load())).lenses(uri),
      },
    ),
    history.onDidChange((entry) => {
      for (const { uri } of workspace.textDocuments) {
        if (uri.scheme !== scheme || (entry && invocationIdOf(uri) !== entry.id)) continue;
        changed.fire(uri);
        lensesChanged.fire();
      }
    }),
  );
}
