import { type Disposable, Uri, workspace } from 'vscode';
import type { History } from './history';
import type { HistoryEntry } from './historyEntry';

const scheme = 'invoke-async-payload';

/** The address of a saved payload, to be read in an editor. */
export function savedPayloadUri({ id, payload }: HistoryEntry): Uri {
  const name = payload.label.slice(payload.label.lastIndexOf('/') + 1);
  return Uri.from({ scheme, path: `/${id}/${name.endsWith('.json') ? name : `${name}.json`}` });
}

/** Lets editors read the payloads that the history holds. */
export function provideSavedPayloads(history: History): Disposable {
  return workspace.registerTextDocumentContentProvider(scheme, {
    async provideTextDocumentContent({ path }) {
      await history.entries();
      const entry = history.get(path.split('/')[1] ?? '');
      return entry && history.payloadText(entry);
    },
  });
}
