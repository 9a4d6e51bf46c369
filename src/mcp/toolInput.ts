import { isAbsolute, resolve } from 'node:path';
import { isBelow, liesIn } from '../files/below';
import { ToolError } from './agentHost';

/** What an agent gives to a tool: anything. */
export type ToolInput = Readonly<Record<string, unknown>>;

/**
 * A member that is text; `undefined` when it is missing or empty.
 * @throws {ToolError}
 */
export function textIn(input: ToolInput, member: string): string | undefined {
  const value = input[member];
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value === 'string') return value;
  throw new ToolError(`"${member}" must be a string.`);
}

/** @throws {ToolError} */
export function requiredText(input: ToolInput, member: string): string {
  const value = textIn(input, member);
  if (value === undefined) throw new ToolError(`"${member}" is missing.`);
  return value;
}

/** A file or folder of the workspace, with its workspace folder. */
export interface PlaceInWorkspace {
  readonly path: string;
  readonly folder: string;
}

/**
 * Agents are shown the files of the workspace alone, also through links.
 * @throws {ToolError}
 */
export async function placeInWorkspace(
  path: string,
  folders: readonly string[],
): Promise<PlaceInWorkspace> {
  for (const folder of folders) {
    const whole = isAbsolute(path) ? resolve(path) : resolve(folder, path);
    const isSpelledInside = whole === resolve(folder) || isBelow(whole, folder);
    if (isSpelledInside && (await liesIn(whole, folder))) return { path: whole, folder };
  }
  throw new ToolError(`${path} is no file or folder of the workspace.`);
}
