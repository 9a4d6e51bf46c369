import { fileURLToPath } from 'node:url';
import { createGenerator } from 'ts-json-schema-generator';

/**
 * The events of @types/aws-lambda as JSON Schemas.
 * @param names types that eventTypes.ts exports
 * @returns the schema of each, with its `definitions`
 */
export function schemasOfTypes(names) {
  const file = (name) => fileURLToPath(new URL(name, import.meta.url));
  const generator = createGenerator({
    path: file('eventTypes.ts'),
    tsconfig: file('eventTypes.tsconfig.json'),
    // AWS adds keys whenever it likes.
    additionalProperties: true,
    skipTypeCheck: true,
    topRef: false,
    jsDoc: 'none',
  });
  return new Map(names.map((name) => [name, generator.createSchema(name)]));
}
