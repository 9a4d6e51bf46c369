// Makes the pictures from the real editor: `npm run screenshots [part of a name]`. Those of the README are packaged with
// it, in media/; those that only show how something looks are in docs/.
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchBrowser } from './editorHost/browser.mjs';
import { installEditorHost } from './editorHost/install.mjs';
import { startEditorServer } from './editorHost/server.mjs';
import { openEditor, screenshot } from './editorHost/workbench.mjs';
import { account } from './editorSuite.mjs';
import { makePackage } from './package.mjs';
import { root, runNode } from './setUp.mjs';
import { looks, shots } from './shots.mjs';

const size = { width: 1120, height: 630 };
const part = process.argv[2] ?? '';
const pictures = [
  ...Object.entries(shots).map(([name, take]) => ({ name, take, folder: 'media/screenshots' })),
  ...Object.entries(looks).map(([name, look]) => ({ name, folder: 'docs/screenshots', ...look })),
].filter(({ name }) => name.includes(part));

const isInstalled = pictures.some(({ installed }) => installed);
const packagePath = isInstalled ? await makePackage() : undefined;
runNode('esbuild.mjs');

const host = await installEditorHost('newest', { log: console.log });
const browser = await launchBrowser({ log: console.log });
for (const picture of pictures) {
  const { name, take, folder, installed, others, empty, width, serve } = picture;
  const service = await serve?.();
  const settings = { ...picture.settings, ...service?.settings };
  // Each on a fresh copy, in a fresh window: no picture shows what another one left behind.
  const temporary = await mkdtemp(join(tmpdir(), 'invoke-async-shot-'));
  const workspace = join(temporary, 'orders');
  await cp(join(root, 'examples/orders'), workspace, { recursive: true });
  for (const [file, text] of Object.entries(picture.files ?? {}))
    await writeFile(join(workspace, file), text);
  const extension = installed ? { installVsix: packagePath } : { extensionPath: root };
  const more = { moreExtensionPaths: others, env: service && account };
  const server = await startEditorServer({ host, settings, ...extension, ...more });
  const page = await openEditor(browser, server.url(empty ? undefined : workspace), size);
  const path = join(root, folder, `${name}.png`);
  try {
    await take(page);
    await screenshot(page, path, width);
    console.log(path);
  } catch (error) {
    console.error(`${name}: ${error.message}`);
    await screenshot(page, join(root, 'out/screenshots', `${name}-failed.png`));
    process.exitCode = 1;
  }
  await page.context().close();
  await server.stop();
  await service?.stop();
  await rm(temporary, { recursive: true });
}
await browser.close();
process.exit();
