import * as l10n from '@vscode/l10n';
import { basename } from 'node:path/posix';
import { type Uri, workspace } from 'vscode';
import { functionLabel } from '../../core/functionIdentifier/label';
import type { RememberedSet } from '../rememberedSet';
import type { Ui } from '../ui/ui';
import { writingTargets } from './targetsError';
import { ensureTarget } from './targetsFile';

/** Offers to save the function that was picked for a payload as its target: once for each payload. */
export class TargetOffer {
  /** @param offered addresses of the payloads for which it was offered */
  constructor(
    private readonly offered: RememberedSet,
    private readonly ui: Pick<Ui, 'offer' | 'run'>,
  ) {}

  /** Does not wait for the user. A file outside the workspace folders has no target. */
  async offer(payload: Uri, functionName: string): Promise<void> {
    const key = payload.toString();
    if (!workspace.getWorkspaceFolder(payload) || this.offered.has(key)) return;
    await this.offered.add(key);
    this.ui.offer(
      'information',
      l10n.t('Always send {0} to {1}?', basename(payload.path), functionLabel(functionName).label),
      {
        title: l10n.t('Save as Target'),
        run: () => writingTargets(this.ui, () => ensureTarget(payload, { function: functionName })),
      },
    );
  }
}
