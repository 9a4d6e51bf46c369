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

/** What a function runs, as far as a file says it literally. */
export interface FunctionCode {
  /** `path.export`, from the folder of the code on. */
  readonly handler: string;
  /** Where its code is, relative to the file; absent where the file does not say it. */
  readonly folder?: string;
  /** Such as `nodejs24.x`. */
  readonly runtime?: string;
  readonly timeoutSeconds?: number;
  readonly environment?: Readonly<Record<string, string>>;
}

interface Declared {
  /** Absent for a function without a handler, as a container image is. */
  readonly code?: FunctionCode;
}

/** A function that a file of the project declares. */
export type DeclaredFunction = FunctionName &
  Declared & {
    /** Where its declaration begins in the file, in UTF-16 units. */
    readonly offset: number;
  };

/** The same in a document whose parts have paths. */
export type FunctionAtPath = FunctionName & Declared & { readonly path: JSONPath };

/** A resource of a template whose name its stack tells. */
export interface StackFunction {
  readonly logicalId: string;
  readonly stack?: StackPlace;
  /** Address of the template. */
  readonly uri: string;
}
