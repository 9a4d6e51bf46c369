import type { DeclaredFunction } from './declaredFunction';
import { functionCode } from './functionCode';

/** What is of interest in HCL, and what may hold it without meaning it: comments, strings, here-documents. */
const token =
  /#.*|\/\/.*|\/\*[^]*?(?:\*\/|$)|(?<string>"(?:[^"\\\n$]|\\.|\$\{[^}\n]*\}|\$)*"?)|<<-?(?<ending>[A-Za-z_]\w*)[ \t]*\r?\n|(?<word>[A-Za-z_][\w-]*)|(?<mark>[{}=])/g;

/** A block at the top of a file: `resource "aws_lambda_function" "name" {`. */
interface Block {
  readonly type: string;
  readonly labels: readonly string[];
  readonly offset: number;
  /** Literal strings of its own attributes. */
  readonly attributes: Map<string, string>;
}

/**
 * The Lambda functions with literal names in Terraform's configuration: of the AWS provider's resource, and of the module
 * that most people use instead. One pass.
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/lambda_function
 * @see https://registry.terraform.io/modules/terraform-aws-modules/lambda/aws/latest
 */
export function terraformFunctions(text: string): DeclaredFunction[] {
  const functions: DeclaredFunction[] = [];
  for (const { type, labels, offset, attributes } of blocksIn(text)) {
    const isFunction =
      (type === 'resource' && labels[0] === 'aws_lambda_function') ||
      (type === 'module' && attributes.get('source')?.startsWith('terraform-aws-modules/lambda/'));
    const name = attributes.get('function_name');
    if (!isFunction || name === undefined || name.includes('${')) continue;
    functions.push({ name, offset, ...codeOf(attributes) });
  }
  return functions;
}

/** The resource gets an archive that something else has made; the module makes it of a folder. */
function codeOf(attributes: ReadonlyMap<string, string>) {
  const source = attributes.get('source_path')?.replace(/^\$\{path\.module\}\//, '');
  return functionCode({
    handler: attributes.get('handler'),
    folder: [source],
    runtime: [attributes.get('runtime')],
    timeout: [],
    environment: [],
  });
}

function* blocksIn(text: string): Generator<Block> {
  let depth = 0;
  let [head, start]: [string[], number] = [[], 0];
  let block: Block | undefined;
  let [attribute, isValue] = ['', false];
  token.lastIndex = 0;
  for (let found = token.exec(text); found; found = token.exec(text)) {
    const { string, ending, word, mark } = found.groups ?? {};
    if (ending !== undefined) token.lastIndex = endOfDocument(text, token.lastIndex, ending);
    if (mark === '{') {
      if (depth++ === 0) {
        const [type = '', ...labels] = head;
        block = { type, labels, offset: start, attributes: new Map() };
        head = [];
      }
    } else if (mark === '}') {
      depth = Math.max(0, depth - 1);
      if (depth === 0 && block) yield block;
      if (depth === 0) block = undefined;
    } else if (depth === 0) {
      if (string !== undefined) head.push(contentOf(string));
      else if (word !== undefined) [head, start] = [[word], found.index];
    } else if (depth === 1 && isValue && string !== undefined) {
      block?.attributes.set(attribute, contentOf(string));
    }
    isValue = mark === '=';
    if (word !== undefined) attribute = word;
  }
}

function contentOf(string: string): string {
  return string.slice(1, string.endsWith('"') ? -1 : undefined);
}

/** Where a here-document ends; one that does not, at the end of the text. */
function endOfDocument(text: string, start: number, ending: string): number {
  const end = new RegExp(`^[ \\t]*${ending}\\r?$`, 'gm');
  end.lastIndex = start;
  return end.exec(text) ? end.lastIndex : text.length;
}
