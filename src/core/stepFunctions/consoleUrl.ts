import { consoleOrigin } from '../functionIdentifier/consoleUrl';

/** The execution's page in the console of its partition; `undefined` where that console is not known. */
export function executionConsoleUrl(executionArn: string): string | undefined {
  const region = executionArn.split(':')[3] ?? '';
  const origin = consoleOrigin(region);
  return origin && `${origin}/states/home?region=${region}#/v2/executions/details/${executionArn}`;
}
