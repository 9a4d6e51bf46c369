import { readFile, rm } from 'node:fs/promises';
import { repository } from '../support/repository';
import { script } from '../support/script';

/**
 * What a bench in a window of its own writes to the file that `BENCH_FIGURES` names.
 * @param folder is opened
 * @param tests folder of the bench
 */
export async function figuresOf<Figures>(
  folder: string,
  tests: string,
  env: NodeJS.ProcessEnv = {},
): Promise<Figures> {
  const { bundleEditorTests } = await script<{
    bundleEditorTests: (folder: string) => Promise<string>;
  }>('scripts/editorSuite.mjs');
  const { runEditorTests } = await script<{
    runEditorTests: (options: object) => Promise<{ failures: readonly unknown[] }>;
  }>('scripts/editorHost/editorTests.mjs');
  const figuresFile = `${folder}.figures.json`;
  const lines: string[] = [];
  const { failures } = await runEditorTests({
    version: 'newest',
    extensionPath: repository,
    workspace: folder,
    testsModules: [await bundleEditorTests(tests)],
    env: { ...env, BENCH_FIGURES: figuresFile },
    log: (line: string) => lines.push(line),
  });
  if (failures.length > 0) throw new Error(lines.join('\n'));
  const figures = await readFile(figuresFile, 'utf8');
  await rm(figuresFile);
  return JSON.parse(figures) as Figures;
}
