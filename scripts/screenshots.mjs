// Makes the pictures of the README from the real editor: `npm run screenshots [part of a name]`.
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installDependencies, root, runNode } from './setUp.mjs';

installDependencies();
runNode('esbuild.mjs');
const { launchBrowser } = await import('./editorHost/browser.mjs');
const { installEditorHost } = await import('./editorHost/install.mjs');
const { startEditorServer } = await import('./editorHost/server.mjs');
const { openEditor, screenshot } = await import('./editorHost/workbench.mjs');
const { shots } = await import('./shots.mjs');

const size = { width: 1120, height: 630 };
const part = process.argv[2] ?? '';
const host = await installEditorHost('newest', { log: console.log });
const browser = await launchBrowser({ log: console.log });
for (const [name, take] of Object.entries(shots)) {
  if (!name.includes(part)) continue;
  // Each on a fresh copy, in a fresh window: no picture shows what another one left behind.
  const folder = await mkdtemp(join(tmpdir(), 'invoke-async-shot-'));
  const workspace = join(folder, 'orders');
  await cp(join(root, 'examples/orders'), workspace, { recursive: true });
  const server = await startEditorServer({ host, extensionPath: root });
  const page = await openEditor(browser, server.url(workspace), size);
  const path = join(root, 'media/screenshots', `${name}.png`);
  try {
    await take(page);
    await screenshot(page, path);
    console.log(path);
  } catch (error) {
    console.error(`${name}: ${error.message}`);
    await screenshot(page, join(root, 'out/screenshots', `${name}-failed.png`));
    process.exitCode = 1;
  }
  await page.context().close();
  await server.stop();
  await rm(folder, { recursive: true });
}
await browser.close();
process.exit();
