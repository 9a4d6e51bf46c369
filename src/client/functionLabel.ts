import { parseFunctionIdentifier } from '../core/functionIdentifier/parse';

/** What people call a function, and where its identifier says that it is. */
export interface FunctionLabel {
  /** Name and qualifier: `orders:live`. */
  readonly label: string;
  readonly region: string | undefined;
  readonly account: string | undefined;
}

/** The label of a name, ARN or partial ARN; whatever cannot be read as one is its own label. */
export function functionLabel(functionIdentifier: string): FunctionLabel {
  const parsed = parseFunctionIdentifier(functionIdentifier);
  if (!parsed.ok) return { label: functionIdentifier, region: undefined, account: undefined };
  const { name, qualifier, region, account } = parsed.identifier;
  return {
    label: [name, ...(qualifier ? [qualifier] : [])].map(({ text }) => text).join(':'),
    region: region?.text,
    account: account?.text,
  };
}
