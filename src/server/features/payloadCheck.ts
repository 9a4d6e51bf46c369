import * as l10n from '@vscode/l10n';
import type { Connection } from '../lsp';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Environments } from '../../core/environments';
import type { InvokeApi } from '../../core/invocation/outcome';
import { Glances } from '../../core/payload/losses';
import { longestPayload, sizeProblem } from '../../core/payload/size';
import { checkSyntax } from '../../core/payload/syntax';
import { placeholdersIn, variableProblems } from '../../core/payload/variables';
import type { Problem } from '../../core/problem';
import {
  checkPayload,
  type CheckPayloadParams,
  type CheckPayloadResult,
} from '../../protocol/messages';
import type { AwsEvent } from '../../core/events/events';
import type { PayloadSchemas } from '../schemas/payloadSchemas';
import type { Schemas } from '../schemas/schemas';
import type { Workspace } from '../workspace/workspace';
import type { Check } from './diagnostics';

/** Payload files, and on request any text that is about to be sent. */
export class PayloadCheck implements Check {
  readonly #glances = new WeakMap<TextDocument, Glances>();

  constructor(
    private readonly workspace: Workspace,
    private readonly schemas: Schemas,
    private readonly payloadSchemas: PayloadSchemas,
  ) {}

  register(connection: Connection): void {
    connection.onRequest(
      checkPayload,
      async ({ uri, text, api }: CheckPayloadParams): Promise<CheckPayloadResult> =>
        this.#problems(uri, text, api),
    );
  }

  async problems(document: TextDocument): Promise<readonly Problem[]> {
    if (!(await this.workspace.isPayload(document.uri))) return [];
    const target = await this.workspace.targets.targetOf(document.uri);
    const { api } = await this.workspace.settings.of(document.uri);
    const { uri } = document;
    const text = document.getText();
    const problems = await this.#problems(uri, text, target?.api ?? api, document);
    if (!target?.variables || text.length > longestPayload) return problems;
    const environments = await this.workspace.targets.environmentsOf(uri);
    return withVariables(text, problems, environments);
  }

  forget(uri: string): void {
    this.payloadSchemas.forget(uri);
  }

  async #problems(
    uri: string | undefined,
    text: string,
    api: InvokeApi,
    document?: TextDocument,
  ): Promise<readonly Problem[]> {
    const tooLarge = sizeProblem(text, api);
    if (tooLarge && text.length > longestPayload) {
      const message = l10n.t('{0} Beyond 2 MB only the size is checked.', tooLarge.message);
      return [{ ...tooLarge, message }];
    }
    const { problems, value } = checkSyntax(text, document && this.#glancesAt(document));
    return [
      ...(tooLarge ? [tooLarge] : []),
      ...problems,
      ...(value === undefined ? [] : await this.#schemaProblems(uri, text, value, document?.uri)),
    ];
  }

  #glancesAt(document: TextDocument): Glances {
    const glances = this.#glances.get(document) ?? new Glances();
    this.#glances.set(document, glances);
    return glances;
  }

  async #schemaProblems(
    uri: string | undefined,
    text: string,
    value: unknown,
    key: string | undefined,
  ): Promise<readonly Problem[]> {
    const found = uri && (await this.payloadSchemas.schemaOf(uri, value));
    if (!found) return [];
    const { schema, folder, recognized } = found;
    const problems = await this.schemas.problems(schema, folder, text, value, key);
    return recognized ? [recognizedProblem(text, recognized), ...problems] : problems;
  }
}

/** What is wrong with variables; whether what they stand for matches the schema is known when it is sent. */
function withVariables(
  text: string,
  problems: readonly Problem[],
  environments: Environments,
): readonly Problem[] {
  const filledIn = new Map(placeholdersIn(text).map(({ string }) => [string.start, string.end]));
  const isAboutText = ({ code, range }: Problem) =>
    code !== 'payload.schema' || filledIn.get(range.start) !== range.end;
  return [...problems.filter(isAboutText), ...variableProblems(text, environments)];
}

function recognizedProblem(text: string, { name, title }: AwsEvent): Problem {
  const start = text.length - text.trimStart().length;
  return {
    code: 'payload.event',
    severity: 'hint',
    message: l10n.t('Looks like the AWS event "{0}", so it is validated as {1}.', title, name),
    range: { start, end: start + 1 },
    fixes: [],
  };
}
