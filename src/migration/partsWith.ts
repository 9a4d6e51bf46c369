import type { TextRange } from '../core/problem';
import { sealedFunctions } from './sealedFunctions';
import { areShadowsWorthwhile, shadowsOf } from './shadows';
import type { SyntaxFile } from './syntaxFile';

/**
 * The parts of a scope in which a name of it can stand. Where the name is rare, the file is not read for the functions
 * that cannot have it: that takes as long as some hundred questions about a place.
 * @param isVariable whether the name stands for variables alone
 */
export function partsWith(
  file: SyntaxFile,
  name: string,
  scope: TextRange,
  isVariable: boolean,
): TextRange[] {
  const count = file.countIn(scope, name);
  if (count <= few) return [scope];
  if (file.scopes.closed) return isVariable ? sealedFunctions(file).outside(scope) : [scope];
  return areShadowsWorthwhile(file, count) ? shadowsOf(file).outside(name, scope) : [scope];
}

const few = 50;
