import { readFile } from 'node:fs/promises';
import { workspaceFile } from '../commands';

/** Of the run that goes on after the window was reloaded. */
export const count = 5000;
export const view = 'Invocations';

/** Notes the number of each event in a file. */
export const handler = `const { appendFileSync } = require('node:fs');
exports.handler = async ({ n }) => appendFileSync('record.txt', n + '\\n');`;

/** The numbers that the handler has noted so far. */
export async function handled(): Promise<number[]> {
  const text = await readFile(workspaceFile('record.txt').fsPath, 'utf8').catch(() => '');
  return text.split('\n').slice(0, -1).map(Number);
}
