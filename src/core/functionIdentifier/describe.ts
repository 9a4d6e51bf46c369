/** A function identifier in words: while it is typed, and when the mouse rests on it. */
import * as l10n from '@vscode/l10n';
import { markdownCode } from '../foreignText';
import { consoleUrl } from './consoleUrl';
import { type FunctionIdentifier, type PartName, parseFunctionIdentifier, spelling } from './parse';
import { regionDescription } from './partitions';
import { splitSegments } from './segments';
import { partWords } from './wording';

/**
 * One line for the function pick: the parts of what is typed so far and, in an ARN, which segment comes next.
 * Empty for empty text, and for what is neither right nor the beginning of an ARN.
 */
export function describeIdentifier(text: string): string {
  if (text.startsWith('arn:')) return describeArn(text);
  const parsed = parseFunctionIdentifier(text);
  return parsed.ok ? namedParts(parsed.identifier).map(inWords).join(' · ') : '';
}

/**
 * What a hover says of an identifier, in paragraphs of Markdown: the parts named, what the qualifier is, a link to the
 * console of the partition where it has one. `undefined` for text that is no identifier.
 * @param connectionRegion where a function without a region of its own is looked for
 */
export function identifierHover(text: string, connectionRegion?: string): string[] | undefined {
  const parsed = parseFunctionIdentifier(text);
  if (!parsed.ok) return undefined;
  const { identifier } = parsed;
  const parts = namedParts(identifier).map(
    ({ label, value, note }) => `- ${label} ${markdownCode(value)}${note ? `: ${note}` : ''}`,
  );
  const url = consoleUrl(identifier, connectionRegion);
  const paragraphs = [
    l10n.t('**Lambda function** {0}', markdownCode(identifier.name.text)),
    parts.join('\n'),
  ];
  if (url !== undefined) paragraphs.push(`[${l10n.t('Open in the AWS console')}](${url})`);
  return paragraphs;
}

interface NamedPart {
  readonly label: string;
  readonly value: string;
  readonly note?: string | undefined;
}

function namedParts(identifier: FunctionIdentifier): NamedPart[] {
  const { partition, region, account, name, qualifier } = identifier;
  const parts: NamedPart[] = [];
  if (partition?.text) parts.push({ label: l10n.t('partition'), value: partition.text });
  if (region)
    parts.push({
      label: l10n.t('region'),
      value: region.text,
      note: regionDescription(region.text),
    });
  if (account) parts.push({ label: l10n.t('account'), value: account.text });
  parts.push({ label: l10n.t('function'), value: name.text });
  if (qualifier) parts.push(namedQualifier(qualifier.text));
  return parts;
}

/** Source: https://docs.aws.amazon.com/lambda/latest/dg/configuration-versions.html */
const latestVersions: ReadonlyMap<string, () => string> = new Map([
  ['$LATEST', () => l10n.t('the unpublished version, as it was last changed')],
  ['$LATEST.PUBLISHED', () => l10n.t('the most recently published version')],
]);

function namedQualifier(value: string): NamedPart {
  const latest = latestVersions.get(value);
  if (latest !== undefined) return { label: l10n.t('version'), value, note: latest() };
  return /^\d+$/.test(value)
    ? { label: l10n.t('version'), value, note: l10n.t('published, immutable') }
    : {
        label: l10n.t('alias'),
        value,
        note: l10n.t('a name that can be moved from one version to another'),
      };
}

function inWords({ label, value }: NamedPart): string {
  return `${label} ${value}`;
}

/** The segments of an ARN after `arn`; those without a label are fixed words. */
const arnSegments: readonly { readonly part: PartName; readonly label?: () => string }[] = [
  { part: 'partition', label: () => l10n.t('partition') },
  { part: 'service' },
  { part: 'region', label: () => l10n.t('region') },
  { part: 'account', label: () => l10n.t('account') },
  { part: 'resourceType' },
  { part: 'name', label: () => l10n.t('function') },
];

/** By position, not by the grammar: a half-typed region would read as a name. */
function describeArn(text: string): string {
  const [, ...segments] = splitSegments(text);
  const words: string[] = [];
  for (const [index, { part, label }] of arnSegments.entries()) {
    const value = segments[index]?.text ?? '';
    if (value === '') return [...words, l10n.t('next: {0}', partWords[part]())].join(' · ');
    // The last segment may be right once it is typed to its end.
    if (!spelling[part].test(value))
      return [...words, l10n.t('here: {0}', partWords[part]())].join(' · ');
    if (label) words.push(inWords({ label: label(), value }));
  }
  const qualifier = segments[arnSegments.length]?.text;
  if (qualifier) words.push(inWords(namedQualifier(qualifier)));
  if (qualifier === '') words.push(l10n.t('next: {0}', partWords.qualifier()));
  return words.join(' · ');
}
