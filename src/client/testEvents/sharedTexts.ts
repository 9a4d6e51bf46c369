import { Uri, workspace } from 'vscode';

const scheme = 'invoke-async-test-event';

/** Lets editors show test events of AWS beside payload files. */
export class SharedTexts {
  readonly #texts = new Map<string, string>();
  #isProvided = false;

  /** @param path says in the title of an editor which event it is */
  uriOf(path: string, text: string): Uri {
    if (!this.#isProvided) {
      this.#isProvided = true;
      workspace.registerTextDocumentContentProvider(scheme, {
        provideTextDocumentContent: (uri) => this.#texts.get(uri.toString()),
      });
    }
    // Another text has another address: the editor keeps what it has read.
    const query = String(this.#texts.size);
    const uri = Uri.from({ scheme, path: `/${path}.json`, query });
    this.#texts.set(uri.toString(), text);
    return uri;
  }
}
