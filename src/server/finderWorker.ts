// Entry of the threads that search files: each message is a batch of paths, and is answered by what was found in them.
import { parentPort, workerData } from 'node:worker_threads';
import { LazyFinder } from './finder';
import { speakAsServer } from './language';
import { type FileFindings, nothingFound } from './scan/findings';
import type { ScanThreadOptions } from './scan/scan';
import { scanFile } from './scan/scanFile';

speakAsServer();

const finder = new LazyFinder();
const { fix } = workerData as ScanThreadOptions;

parentPort?.on('message', (paths: readonly string[]) => void scanBatch(paths));

async function scanBatch(paths: readonly string[]): Promise<void> {
  const found: FileFindings[] = [];
  for (const path of paths) {
    const findings = await scanFile(finder, path, fix).catch((error: Error) => ({
      ...nothingFound(path),
      skipped: error.message,
    }));
    if (findings) found.push(findings);
  }
  parentPort?.postMessage(found);
}
