// Makes media/icon.png, which the gallery shows, from media/icon.svg: `node scripts/icon.mjs`.
import { readFile } from 'node:fs/promises';
import { launchBrowser } from './editorHost/browser.mjs';
import { root } from './setUp.mjs';

const size = { width: 256, height: 256 };
const svg = await readFile(`${root}media/icon.svg`, 'utf8');
const browser = await launchBrowser({ log: console.log });
const page = await browser.newPage({ viewport: size });
await page.setContent(`<body style="margin:0;display:grid">${svg}`);
await page.screenshot({ path: `${root}media/icon.png`, omitBackground: true });
await browser.close();
