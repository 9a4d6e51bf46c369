import { consoleUrl } from './functionIdentifier/consoleUrl';
import type { FunctionIdentifier } from './functionIdentifier/parse';

export interface LogPlace {
  readonly function: FunctionIdentifier;
  /** Of the connection; the identifier's own wins. */
  readonly region: string;
  /** Absent for the group that Lambda gives to a function. */
  readonly group?: string | undefined;
  /** Shows only the lines that hold it. */
  readonly requestId?: string | undefined;
}

/**
 * The function's log in the CloudWatch console of its partition; `undefined` when that console is not known.
 * The console encodes what stands in the path of its own page twice, with `$` in the place of `%`.
 */
export function logsConsoleUrl(place: LogPlace): string | undefined {
  const page = consoleUrl(place.function, place.region);
  if (page === undefined) return undefined;
  const region = place.function.region?.text ?? place.region;
  const group = place.group ?? `/aws/lambda/${place.function.name.text}`;
  const filter =
    place.requestId === undefined
      ? ''
      : fragment(`?filterPattern=${encodeURIComponent(`"${place.requestId}"`)}`);
  const log = `log-group/${fragment(encodeURIComponent(group))}/log-events${filter}`;
  return `${new URL(page).origin}/cloudwatch/home?region=${region}#logsV2:log-groups/${log}`;
}

function fragment(text: string): string {
  return encodeURIComponent(text).replaceAll('%', '$');
}
