import * as l10n from '@vscode/l10n';
import type { Hover } from '../lsp';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { markdownCode } from '../../core/foreignText';
import type { TargetMatch } from '../../core/targetMatches';
import { parseTargets } from '../../core/targets';
import { targetsPath } from '../../core/target';
import type { Files } from '../files';
import { markdown } from '../markup';
import { matchesOf } from '../targetFiles';
import type { Workspace } from '../workspace/workspace';
import { rangeIn } from '../range';
import type { HoverSource } from './hovers';

const mostShown = 10;

/** Over a glob of `.lambda/targets.json`: the files that it matches, and which of them go to an earlier target. */
export class TargetsHover implements HoverSource {
  constructor(
    private readonly workspace: Workspace,
    private readonly files: Files,
  ) {}

  async hover(document: TextDocument, offset: number): Promise<Hover | undefined> {
    const place = this.workspace.folders.place(document.uri);
    if (place?.path !== targetsPath) return undefined;
    const matches = await matchesOf(this.files, place.folder, parseTargets(document.getText()));
    const match = matches?.find(({ located: { ranges } }) => {
      const { start, end } = ranges.payloads ?? { start: 0, end: -1 };
      return start <= offset && offset <= end;
    });
    const range = match?.located.ranges.payloads;
    if (!match || !range) return undefined;
    return {
      contents: markdown(describe(match)),
      range: rangeIn(document, range),
    };
  }
}

function describe({ matched, won, losesTo }: TargetMatch): string[] {
  if (matched.length === 0) return [l10n.t('No file matches.')];
  const lost = matched.filter((file) => !won.includes(file));
  const winners = losesTo.map(({ target }) => markdownCode(target.payloads ?? '')).join(', ');
  return [
    matched.length === 1 ? l10n.t('Matches 1 file.') : l10n.t('Matches {0} files.', matched.length),
    ...(lost.length === 0 ? [] : [precedence(lost.length, winners)]),
    list(won),
    ...(lost.length === 0 ? [] : [l10n.t('Go to an earlier target:'), list(lost)]),
  ];
}

function precedence(lost: number, winners: string): string {
  return lost === 1
    ? l10n.t('The first matching target wins: 1 file goes to {0} above.', winners)
    : l10n.t('The first matching target wins: {0} files go to {1} above.', lost, winners);
}

function list(files: readonly string[]): string {
  const shown = files.slice(0, mostShown).map((file) => `- ${markdownCode(file)}`);
  const more = files.length - shown.length;
  return [...shown, ...(more > 0 ? [`- ${l10n.t('and {0} more', more)}`] : [])].join('\n');
}
