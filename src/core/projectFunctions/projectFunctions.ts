/** The functions that the files of a project name: templates of CloudFormation and SAM, serverless.yml, Terraform. */
import { parseFunctionIdentifier } from '../functionIdentifier/parse';
import { cloudFormationFunctions } from './cloudFormation';
import type { DeclaredFunction } from './declaredFunction';
import { jsonValue } from './locatedValue';
import { mayDeclareFunctions } from './projectFiles';
import { serverlessFunctions } from './serverless';
import { terraformFunctions } from './terraform';
import { yamlValue } from './yamlValue';

// Reads the same templates: one bundle holds the parser of YAML for both (see esbuild.mjs).
export { stackFiles, stackPlace } from './stackPlace';

/**
 * The functions that a file declares, each name once and in the file's order. Never throws.
 * @param path of the file, separated by `/`, or its URI
 */
export function projectFunctions(path: string, text: string): DeclaredFunction[] {
  const names = new Set<string>();
  return functionsIn(path, text).filter((declared) => {
    if ('logicalId' in declared) return true;
    const { name } = declared;
    return parseFunctionIdentifier(name).ok && !names.has(name) && names.add(name);
  });
}

function functionsIn(path: string, text: string): DeclaredFunction[] {
  if (!mayDeclareFunctions(path, text)) return [];
  if (path.endsWith('.tf')) return terraformFunctions(text);
  const { value, offsetOf } = path.endsWith('.json') ? jsonValue(text) : yamlValue(text);
  const functions = /(?:^|\/)serverless\.\w+$/.test(path)
    ? serverlessFunctions(value)
    : cloudFormationFunctions(value);
  return functions.map(({ path: place, ...named }) => ({ ...named, offset: offsetOf(place) }));
}
