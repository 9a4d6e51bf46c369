import { type Hover, MarkupKind } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { TargetMatch } from '../../core/targetMatches';
import { targetsPath } from '../../core/targetsPath';
import type { Files } from '../files';
import { matchesOf } from '../targetFiles';
import type { Workspace } from '../workspace';
import type { HoverSource } from './hovers';

const mostShown = 10;

/** Over a glob of `.lambda/targets.json`: the files that it matches, and which of them go to an earlier target. */
export class TargetsHover implements HoverSource {
  constructor(
    private readonly workspace: Workspace,
    private readonly files: Files,
  ) {}

  async hover(document: TextDocument, offset: number): Promise<Hover | undefined> {
    const place = this.workspace.place(document.uri);
    if (place?.path !== targetsPath) return undefined;
    const matches = await matchesOf(this.files, place.folder, document.getText());
    const match = matches?.find(({ located: { ranges } }) => {
      const { start, end } = ranges.payloads ?? { start: 0, end: -1 };
      return start <= offset && offset <= end;
    });
    const range = match?.located.ranges.payloads;
    if (!match || !range) return undefined;
    return {
      contents: { kind: MarkupKind.Markdown, value: describe(match) },
      range: { start: document.positionAt(range.start), end: document.positionAt(range.end) },
    };
  }
}

function describe({ matched, won, losesTo }: TargetMatch): string {
  if (matched.length === 0) return 'No file matches.';
  const lost = matched.filter((file) => !won.includes(file));
  const precedence = `The first target that matches a file gets it: ${counted(lost.length)} ${lost.length === 1 ? 'goes' : 'go'} to ${losesTo
    .map(({ target }) => code(target.payloads ?? ''))
    .join(', ')} above.`;
  return [
    `Matches ${counted(matched.length)}.`,
    ...(lost.length === 0 ? [] : [precedence]),
    list(won),
    ...(lost.length === 0 ? [] : ['Not for this target:', list(lost)]),
  ].join('\n\n');
}

function list(files: readonly string[]): string {
  const shown = files.slice(0, mostShown).map((file) => `- ${code(file)}`);
  const more = files.length - shown.length;
  return [...shown, ...(more > 0 ? [`- and ${more} more`] : [])].join('\n');
}

function counted(files: number): string {
  return files === 1 ? '1 file' : `${files} files`;
}

/** As it stands, whatever Markdown would make of it. */
function code(text: string): string {
  const fence = '`'.repeat(1 + Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length)));
  return fence.length === 1 ? `\`${text}\`` : `${fence} ${text} ${fence}`;
}
