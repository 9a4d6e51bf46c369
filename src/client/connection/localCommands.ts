import * as l10n from '@vscode/l10n';
import { messageOf } from '../messageOf';
import type { Services } from '../services';
import { trusted } from '../ui/trust';
import { tell } from '../ui/messages';

export async function startLocal({ localLambda, output }: Services): Promise<void> {
  const needsTrust = l10n.t(
    'To run the functions in .lambda/local.json, trust this workspace first: its files decide where events go and what runs.',
  );
  if (!(await trusted(needsTrust))) return;
  try {
    await localLambda.start();
    output.show();
  } catch (error) {
    const reason = messageOf(error);
    const message = l10n.t('Local Lambda did not start: {0}', reason);
    output.error(message);
    tell('error', message);
  }
}

export async function stopLocal({ localLambda }: Services): Promise<void> {
  await localLambda.stop();
}
