/** What the parts of a function's stack are called; pure. */
import { functionLabel } from '../functionIdentifier/label';

/** Names of one function's stack and files. */
export interface StackNames {
  /** Of the folder in `.lambda/step-functions`. */
  readonly folder: string;
  /** Of the stack and of its state machine. */
  readonly stack: string;
}

/** The longest name of a state machine, in characters; a stack may have longer ones. */
const longestName = 80;
const stackPrefix = 'lambda-events-';
const hashLength = 8;

/**
 * Names for a function, from its name and alias.
 * @param arn full, with the alias or version that is invoked
 * @param hashOf gives at least eight hexadecimal characters; used where the name alone would be too long
 */
export function stackNames(arn: string, hashOf: (text: string) => string): StackNames {
  const { label } = functionLabel(arn);
  // A stack's name has letters, digits and hyphens alone.
  const plain = label.replaceAll(/[^A-Za-z0-9]+/g, '-').replaceAll(/^-|-$/g, '');
  const room = longestName - stackPrefix.length;
  const folder =
    plain.length <= room
      ? plain
      : `${plain.slice(0, room - hashLength - 1)}-${hashOf(label).slice(0, hashLength)}`;
  return { folder, stack: `${stackPrefix}${folder}` };
}

/** Names for a function whose first ones belong to a function of another region or account. */
export function otherStackNames(arn: string, hashOf: (text: string) => string): StackNames {
  const { folder } = stackNames(arn, hashOf);
  const room = longestName - stackPrefix.length - hashLength - 1;
  const own = `${folder.slice(0, room)}-${hashOf(arn).slice(0, hashLength)}`;
  return { folder: own, stack: `${stackPrefix}${own}` };
}

/**
 * The name of an execution: the same file to the same function has the same name, so that starting it twice starts it
 * once.
 * @param hash of the file and the function, in hexadecimal
 * @param attempt from 1; later ones send the file once more on purpose
 */
export function executionName(hash: string, attempt = 1): string {
  const name = `events-${hash.slice(0, 40)}`;
  return attempt === 1 ? name : `${name}-${attempt}`;
}

/** Where the parts of an execution lie in the bucket; the role of the template may read the one and write the other. */
export const keyPrefixes = { events: 'events/', results: 'results/' } as const;

/** A prefix as it is used: without a slash in front, and with one at its end unless it is empty. */
export function normalizedPrefix(prefix: string): string {
  const bare = prefix.trim().replaceAll(/^\/+|\/+$/g, '');
  return bare === '' ? '' : `${bare}/`;
}

/** What is wrong with the name of a bucket; `undefined` for one that can exist. */
export function isBucketName(name: string): boolean {
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
  return (
    /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) &&
    !name.includes('..') &&
    !/^\d+(\.\d+){3}$/.test(name)
  );
}

/** Whether a prefix can stand as it is in a key, in a policy and in YAML. */
export function isPrefix(prefix: string): boolean {
  return /^[A-Za-z0-9_.=/-]*$/.test(prefix) && normalizedPrefix(prefix).length <= 200;
}
