import type { JSONPath } from 'jsonc-parser';

/** Where a template is deployed, as far as the project's files say. */
export interface StackPlace {
  readonly stackName?: string;
  readonly region?: string;
}

/** How a file of the project says which function it declares. */
export type FunctionName =
  /** Literally. */
  | { readonly name: string }
  /** By the logical ID of a resource, which has its name once its stack is deployed. */
  | {
      readonly logicalId: string;
      /** What the file itself says of its stack. */
      readonly stack?: StackPlace;
    };

/** A function that a file of the project declares. */
export type DeclaredFunction = FunctionName & {
  /** Where its declaration begins in the file, in UTF-16 units. */
  readonly offset: number;
};

/** The same in a document whose parts have paths. */
export type FunctionAtPath = FunctionName & { readonly path: JSONPath };

/** A resource of a template whose name its stack tells. */
export interface StackFunction {
  readonly logicalId: string;
  readonly stack?: StackPlace;
  /** Address of the template. */
  readonly uri: string;
}
