import { parseFunctionIdentifier } from './parse';

/** What people call a function, and where its identifier says that it is. */
export interface FunctionLabel {
  /** The name alone: `orders`. */
  readonly name: string;
  /** Name and qualifier: `orders:live`. */
  readonly label: string;
  readonly region: string | undefined;
  readonly account: string | undefined;
}

/**
 * The label of a name, ARN or partial ARN; whatever cannot be read as one is its own label.
 * @param alias an alias or version that is not part of the identifier
 */
export function functionLabel(functionIdentifier: string, alias?: string): FunctionLabel {
  const parsed = parseFunctionIdentifier(functionIdentifier);
  if (!parsed.ok) {
    const name = functionIdentifier;
    return { name, label: name, region: undefined, account: undefined };
  }
  const { region, account, qualifier } = parsed.identifier;
  const name = parsed.identifier.name.text;
  return {
    name,
    label: [name, alias ?? qualifier?.text].filter((part) => part !== undefined).join(':'),
    region: region?.text,
    account: account?.text,
  };
}
