import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** @typedef {(line: string) => void} Log */

const ABANDONED_AFTER_MS = 60 * 60 * 1000;

/** The folder, outside of every checkout, that all clones share. */
export function cacheFolder() {
  const { LAMBDA_INVOKE_ASYNC_CACHE, XDG_CACHE_HOME } = process.env;
  const systemCache =
    process.platform === 'darwin'
      ? join(homedir(), 'Library', 'Caches')
      : join(homedir(), '.cache');
  return LAMBDA_INVOKE_ASYNC_CACHE || join(XDG_CACHE_HOME || systemCache, 'lambda-invoke-async');
}

/**
 * The cached folder of that name, filled on first use. It is filled beside its final place and renamed when
 * complete, so a crash leaves nothing half done; of two clones that fill it at once, the first to finish wins.
 *
 * @param {string} name must change whenever its content would
 * @param {(folder: string) => Promise<void>} fill
 * @returns {Promise<string>} the absolute path of the complete folder
 */
export async function cached(name, fill) {
  const folder = join(cacheFolder(), name);
  if (existsSync(folder)) return folder;

  await removeAbandoned();
  const unfinished = `${folder}.unfinished-${process.pid}-${Date.now()}`;
  await mkdir(unfinished, { recursive: true });
  try {
    await fill(unfinished);
    await rename(unfinished, folder).catch((error) => {
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  return folder;
}

async function removeAbandoned() {
  const names = await readdir(cacheFolder()).catch(() => []);
  for (const name of names.filter((name) => name.includes('.unfinished-'))) {
    const folder = join(cacheFolder(), name);
    const { mtimeMs } = await stat(folder).catch(() => ({ mtimeMs: Date.now() }));
    if (Date.now() - mtimeMs > ABANDONED_AFTER_MS)
      await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Runs a long step and says that it is still running every ten seconds.
 *
 * @template Result
 * @param {Log} log
 * @param {string} stage what is being done, for people
 * @param {() => Promise<Result>} step
 * @returns {Promise<Result>}
 */
export async function withProgress(log, stage, step) {
  const startedAt = Date.now();
  const elapsed = () => `${Math.round((Date.now() - startedAt) / 1000)} s`;
  log(`${stage} ...`);
  const heartbeat = setInterval(() => log(`${stage} ... ${elapsed()}`), 10_000);
  try {
    const result = await step();
    log(`${stage}: done in ${elapsed()}`);
    return result;
  } finally {
    clearInterval(heartbeat);
  }
}
