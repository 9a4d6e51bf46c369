// Writes generated/: data that we take from well-kept packages instead of typing it by hand.
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { generateEventSchemas } from './generate/eventSchemas.mjs';
import { generatePartitions } from './generate/partitions.mjs';

export const generatedFolder = fileURLToPath(new URL('../generated/', import.meta.url));

/** Writes every generated file. Each generator leaves a file alone that already says the same. */
export async function generate() {
  await mkdir(generatedFolder, { recursive: true });
  await generatePartitions(generatedFolder);
  await generateEventSchemas(generatedFolder);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await generate();
