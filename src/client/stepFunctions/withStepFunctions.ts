import type { StepFunctionsConnection } from '../../aws/stepFunctions/main';
import type { Connection } from '../../core/invocation/connection';
import { MfaPrompt } from '../connection/mfaPrompt';
import { stepFunctions } from '../lazy';
import { cancellable } from '../ui/cancellable';
import type { Ui } from '../ui/ui';

/** Asks AWS something, with progress. `undefined` when the user cancelled. */
export async function withStepFunctions<Value>(
  ui: Pick<Ui, 'askForText' | 'withProgress'>,
  connection: Connection,
  title: string,
  ask: (aws: StepFunctionsConnection) => Promise<Value>,
): Promise<Value | undefined> {
  const services = await stepFunctions();
  const prompt = new MfaPrompt(ui);
  return cancellable(ui, title, async (signal) => {
    const aws = new services.StepFunctionsConnection(connection, { signal, mfaCode: prompt.ask });
    try {
      return await ask(aws);
    } catch (error) {
      if (prompt.wasRefused) return undefined;
      throw error;
    } finally {
      aws.close();
    }
  });
}
