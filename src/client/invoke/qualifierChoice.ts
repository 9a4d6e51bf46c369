import * as l10n from '@vscode/l10n';
import type { Memento } from 'vscode';
import { functionLabel } from '../../core/functionIdentifier/label';
import { qualifierProblem } from '../../core/functionIdentifier/qualifier';
import type { Connection } from '../../core/invocation/connection';
import { LastAnswers } from '../lastAnswers';
import { aws } from '../lazy';
import type { PickRow, Ui } from '../ui/ui';
import { functionKey } from './confirmation';
import type { FunctionPlace } from './functionHealths';

/** Lets the user pick a version or an alias of a function, or type one where they cannot be listed. */
export class QualifierChoice {
  readonly #last: LastAnswers;

  constructor(
    memory: Memento,
    private readonly ui: Pick<Ui, 'askForText' | 'pickRow'>,
  ) {
    this.#last = new LastAnswers(memory, 'durableQualifiers');
  }

  /**
   * `undefined` when the user cancelled.
   * @param words `latest` says what `$LATEST` is
   */
  async ask(
    { functionName, connection }: FunctionPlace,
    {
      placeHolder = functionLabel(functionName).label,
      latest = l10n.t('the code as it was last changed'),
    }: { readonly placeHolder?: string; readonly latest?: string } = {},
  ): Promise<string | undefined> {
    const key = functionKey({ functionName, connection });
    const rows = qualifierRows(functionName, connection, this.#last.get(key), latest);
    const row = await this.ui.pickRow<QualifierRow>(rows, {
      title: l10n.t('Lambda: Version or Alias'),
      placeHolder,
      ignoreFocusOut: true,
      matchOnDescription: true,
    });
    const qualifier = row?.isTyped ? await this.#type(functionName) : row?.label;
    if (qualifier !== undefined) await this.#last.set(key, qualifier);
    return qualifier;
  }

  async #type(functionName: string): Promise<string | undefined> {
    return this.ui.askForText({
      title: l10n.t('Lambda: Version or Alias'),
      prompt: l10n.t('Version, alias, or $LATEST'),
      ignoreFocusOut: true,
      validateInput: (typed) =>
        typed === ''
          ? l10n.t('Version, alias, or $LATEST')
          : qualifierProblem(typed, functionName)?.message,
    });
  }
}

interface QualifierRow extends PickRow {
  readonly isTyped?: boolean;
}

async function qualifierRows(
  functionName: string,
  connection: Connection,
  last: string | undefined,
  latest: string,
): Promise<QualifierRow[]> {
  const { listQualifiers } = await aws();
  const { aliases, versions, missingActions } = await listQualifiers(connection, functionName);
  const rows: QualifierRow[] = [
    ...aliases.map(({ name, version }) => ({
      icon: 'tag',
      label: name,
      description: l10n.t('alias of version {0}', version),
    })),
    ...versions.map(({ version, description }) => ({
      icon: 'versions',
      label: version,
      description: [l10n.t('version'), description].filter(Boolean).join(' · '),
    })),
    {
      icon: 'edit',
      label: '$LATEST',
      description: latest,
    },
  ];
  const note =
    missingActions.length === 0
      ? {}
      : { detail: l10n.t('Missing permissions: {0}', missingActions.join(', ')) };
  return [
    ...rows.filter(({ label }) => label === last),
    ...rows.filter(({ label }) => label !== last),
    { icon: 'pencil', label: l10n.t('Enter…'), alwaysShow: true, isTyped: true, ...note },
  ];
}
