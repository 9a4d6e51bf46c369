import { window } from 'vscode';
import type { Services } from '../services';
import { trusted } from '../trust';

export async function startLocal({ localLambda, output }: Services): Promise<void> {
  if (!(await trusted('run the functions of .lambda/local.json'))) return;
  try {
    await localLambda.start();
    output.show(true);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    output.error(`Local Lambda did not start: ${reason}`);
    void window.showErrorMessage(`Local Lambda did not start: ${reason}`);
  }
}

export async function stopLocal({ localLambda }: Services): Promise<void> {
  await localLambda.stop();
}
