// Told by its words what to be: a language client waits for the one, a CI job for the other.
import { check, languageServer } from '../cli/bundles';

const words = process.argv.slice(2);

if (words.includes('--check')) {
  const others = words.toSpliced(words.indexOf('--check'), 1);
  void check().runCheck(others, 'node server.js --check');
} else languageServer().serve();
