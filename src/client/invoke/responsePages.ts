import * as l10n from '@vscode/l10n';
import { Uri, workspace } from 'vscode';
import type { Outcome } from '../../core/invocation/outcome';
import type { Ui } from '../ui/ui';
import type { Invocation } from './invocation';
import { responsePage } from './responseText';

const scheme = 'invoke-async-response';

/** Pages whose text is kept: an editor that was hidden for a while asks for it again. */
const mostKept = 10;

/** Shows what functions returned, each on a page beside its payload that cannot be edited. */
export class ResponsePages {
  /** Text of the newest pages, by their address. */
  readonly #texts = new Map<string, string>();
  #shown = 0;

  constructor(private readonly ui: Pick<Ui, 'showBeside'>) {}

  async show(invocation: Invocation, outcome: Outcome): Promise<void> {
    if (this.#shown === 0) this.#provide();
    const { name, text } = responsePage(invocation, outcome);
    const uri = Uri.from({ scheme, path: `/${++this.#shown}/${name}` });
    this.#texts.set(uri.toString(), text);
    const [oldest] = this.#texts.keys();
    if (this.#texts.size > mostKept && oldest !== undefined) this.#texts.delete(oldest);
    await this.ui.showBeside(uri);
  }

  #provide(): void {
    workspace.registerTextDocumentContentProvider(scheme, {
      provideTextDocumentContent: (uri) =>
        this.#texts.get(uri.toString()) ?? l10n.t('This response is no longer in memory.'),
    });
  }
}
