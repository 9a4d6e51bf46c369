import * as l10n from '@vscode/l10n';
import { type CompletionItem, CompletionItemKind, type Hover } from '../lsp';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { type Environments, environmentsIn } from '../../core/environments';
import { markdownCode } from '../../core/foreignText';
import { longestPayload } from '../../core/payload/size';
import { ownValue, variableOf } from '../../core/payload/variables';
import type { TextRange } from '../../core/problem';
import { targetsPath } from '../../core/target';
import { targetsIn, tolerantTree } from '../../core/targets';
import { markdown } from '../markup';
import { editIn, rangeIn } from '../range';
import type { Workspace } from '../workspace/workspace';
import type { HoverSource } from './hovers';

/** Where variables are filled in: those of a payload, or the fewer that functions of `.lambda/targets.json` know. */
interface Place {
  readonly environments: Environments;
  readonly isPayload: boolean;
}

/** Nobody reads more. */
const mostShown = 20;

/** Completes `${…}` in payloads and in the functions of `.lambda/targets.json`, and says what it stands for. */
export class Variables implements HoverSource {
  constructor(private readonly workspace: Workspace) {}

  /** @param offset in UTF-16 units; `undefined` where no variable begins */
  async items(document: TextDocument, offset: number): Promise<CompletionItem[] | undefined> {
    const text = document.getText();
    if (text.length > longestPayload) return undefined;
    const begun = placeholderAt(text, offset);
    const place = begun && (await this.#place(document, offset));
    if (!place) return undefined;
    return choicesIn(place).map(({ name, detail }, index): CompletionItem => {
      const newText = `\${${name}}`;
      return {
        label: newText,
        kind: CompletionItemKind.Variable,
        detail,
        sortText: String(index).padStart(5, '0'),
        filterText: newText,
        textEdit: editIn(document, { range: begun, newText }),
      };
    });
  }

  async hover(document: TextDocument, offset: number): Promise<Hover | undefined> {
    const text = document.getText();
    if (text.length > longestPayload) return undefined;
    const opening = ['${', '{'].find((sign) => text.startsWith(sign, offset));
    const range = placeholderAt(text, offset + (opening?.length ?? 0));
    const place = range && (await this.#place(document, offset));
    if (!place) return undefined;
    const about = meaningOf(text.slice(range.start, range.end), place);
    return about && { contents: markdown(about), range: rangeIn(document, range) };
  }

  async #place(document: TextDocument, offset: number): Promise<Place | undefined> {
    const { uri } = document;
    const { folders, targets } = this.workspace;
    if (folders.place(uri)?.path === targetsPath) {
      const root = tolerantTree(document.getText());
      const isInFunction = targetsIn(root).some(
        ({ ranges }) =>
          ranges.function && ranges.function.start <= offset && offset <= ranges.function.end,
      );
      return isInFunction ? { environments: environmentsIn(root), isPayload: false } : undefined;
    }
    if (!(await this.workspace.isPayload(uri))) return undefined;
    if (!(await targets.targetOf(uri))?.variables) return undefined;
    return { environments: await targets.environmentsOf(uri), isPayload: true };
  }
}

/** The placeholder around an offset, as far as it goes on its line: `${`, and what stands there up to `}` or the quote. */
function placeholderAt(text: string, offset: number): TextRange | undefined {
  const before = /\$\{[^{}"\n]*$/.exec(text.slice(Math.max(0, offset - 300), offset));
  if (!before) return undefined;
  const [after = ''] = /^[^{}"\n]{0,300}\}?/.exec(text.slice(offset, offset + 301)) ?? [];
  const end = after.endsWith('}') ? offset + after.length : offset;
  return { start: offset - before[0].length, end };
}

interface Choice {
  readonly name: string;
  readonly detail: string;
}

function choicesIn({ environments, isPayload }: Place): Choice[] {
  const own = new Set(
    [...environments.values()].flatMap(({ variables = {} }) => Object.keys(variables)),
  );
  return [
    ...(isPayload
      ? [
          { name: 'uuid', detail: words.uuid() },
          { name: 'now', detail: words.now() },
          { name: 'input:Question', detail: words.input() },
          { name: 'env.NAME', detail: words.machine() },
        ]
      : []),
    ...(environments.size > 0 ? [{ name: 'env', detail: words.environmentName() }] : []),
    ...[...own].slice(0, 1000).map((name) => ({ name, detail: words.own() })),
  ];
}

const words = {
  uuid: () => l10n.t('A new UUID for each place'),
  now: () => l10n.t('The time of sending, in ISO 8601'),
  input: () => l10n.t('What you answer when the event is sent'),
  machine: () => l10n.t('A variable of the environment of this machine'),
  environmentName: () => l10n.t('The name of the selected environment'),
  own: () => l10n.t('A variable of the selected environment'),
};

function meaningOf(placeholder: string, { environments, isPayload }: Place): string[] | undefined {
  const variable = variableOf(placeholder);
  if ('fault' in variable) return undefined;
  if (variable.kind === 'own') {
    const values = [...environments].slice(0, mostShown).flatMap(([name, environment]) => {
      const value = ownValue(environment, variable.name);
      return value === undefined ? [] : [`- ${markdownCode(name)}: ${markdownCode(value)}`];
    });
    return [words.own(), ...(values.length === 0 ? [] : [values.join('\n')])];
  }
  if (variable.kind === 'environmentName') {
    const names = [...environments.keys()]
      .slice(0, mostShown)
      .map((name) => `- ${markdownCode(name)}`);
    return [words.environmentName(), ...(names.length === 0 ? [] : [names.join('\n')])];
  }
  return isPayload ? [words[variable.kind]()] : undefined;
}
