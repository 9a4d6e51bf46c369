import type { KeptPayload } from './historyEntry';
import { sha256 } from './sha256';

/**
 * What a second run of an event sends:
 * - `sent`: the text that was sent, because there is no file to read it from
 * - `file`: its file, which holds that text, or tells why it cannot be read
 * - `changed`: the file holds another text, or may do so; the user has to say
 * - `gone`: neither is there
 */
export type RerunSource = 'sent' | 'file' | 'changed' | 'gone';

/**
 * @param sent the text that was sent, where it is kept
 * @param current the text of its file, where there is one that can be read
 */
export function rerunSource(
  { uri, sha256: hash }: Pick<KeptPayload, 'uri' | 'sha256'>,
  { sent, current }: { sent: string | undefined; current: string | undefined },
): RerunSource {
  if (uri === undefined) return sent === undefined ? 'gone' : 'sent';
  if (current === undefined) return sent === undefined ? 'file' : 'sent';
  const isSame = sent === undefined ? sha256(current) === hash : sent === current;
  return isSame ? 'file' : 'changed';
}
