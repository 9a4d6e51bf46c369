import * as l10n from '@vscode/l10n';
import type { Uri } from 'vscode';
import { identifierProblems } from '../../core/functionIdentifier/problems';
import { qualifierProblem } from '../../core/functionIdentifier/qualifier';
import type { InvokeApi } from '../../core/invocation/outcome';
import {
  durableNameFault,
  type InvocationHeaders,
  tenantIdFault,
} from '../../core/invocationHeaders';
import { offsetInSource } from '../../core/payload/plainJson';
import { sizeProblem } from '../../core/payload/size';
import { checkSyntax } from '../../core/payload/syntax';
import type { Problem } from '../../core/problem';
import type { LanguageServer } from '../languageServer/languageServer';
import type { Ui } from '../ui/ui';
import type { Payload } from './invocation';

/** An invocation that must not be sent; `name` is the code of the problem. */
export class CheckFailed extends Error {
  constructor(
    { code, message }: Problem,
    what: string,
    /** The user was asked, and did not want to send it. */
    readonly isDecided = false,
  ) {
    super(`${what}: ${message}`);
    this.name = code;
  }
}

/** A tenant or an execution name that Lambda would not take. */
export class HeaderError extends Error {
  constructor(
    override readonly name: 'InvalidTenantId' | 'InvalidDurableName',
    message: string,
  ) {
    super(message);
  }
}

/** What is checked before it is sent. */
interface Event extends InvocationHeaders {
  readonly functionName: string;
  readonly qualifier?: string | undefined;
  readonly payload: Payload;
  readonly api: InvokeApi;
  /** The function is waited for, and may be given more. */
  readonly waits?: boolean | undefined;
}

/** For the server to start, to stop a schema that does not end, and to answer. */
const serverTimeoutMs = 8000;

/**
 * Checks an event before anything is sent. What cannot succeed is refused; a payload that Lambda would reject is
 * sent only when the user says so.
 */
export class Preflight {
  constructor(
    private readonly server: Pick<LanguageServer, 'checkPayload' | 'payloadInvoked'>,
    private readonly ui: Pick<Ui, 'ask' | 'output' | 'show'>,
  ) {}

  /** @throws {CheckFailed | HeaderError} */
  async check({ functionName, qualifier, payload, api, waits, ...headers }: Event): Promise<void> {
    const wrongName = firstError(identifierProblems(functionName, { isTarget: true }));
    if (wrongName) throw new CheckFailed(wrongName, functionName || l10n.t('Function'));
    const wrongQualifier =
      qualifier === undefined ? undefined : qualifierProblem(qualifier, functionName);
    if (wrongQualifier) throw new CheckFailed(wrongQualifier, functionName);
    checkHeaders(headers);
    const tooLarge = sizeProblem(payload.text, waits ? 'RequestResponse' : api);
    if (tooLarge) throw new CheckFailed(tooLarge, payload.label);
    if (payload.uri) this.#watchFromNowOn(payload.uri);
    const wrong = firstError(await this.#payloadProblems(payload, api));
    if (wrong && !(await this.#sendsAnyway(payload, wrong)))
      throw new CheckFailed(wrong, payload.label, true);
  }

  /** A JSON document is checked as a payload until the editor closes, even one that is no payload file. */
  #watchFromNowOn(uri: Uri): void {
    if (!uri.path.endsWith('.json')) return;
    // Sending does not depend on it.
    void this.server.payloadInvoked({ uri: uri.toString() }).catch(() => undefined);
  }

  /** All problems by the server where there is a schema, which it runs safely; else, or without it, those of the JSON. */
  async #payloadProblems(
    { text, uri, label, target }: Payload,
    api: InvokeApi,
  ): Promise<readonly Problem[]> {
    if (!uri || target?.schema === undefined) return checkSyntax(text).problems;
    // Only an event that a function is waited for with can be that large.
    if (sizeProblem(text, 'Invoke')) {
      this.#warnUnchecked(label, target.schema, l10n.t('It is larger than 1 MB.'));
      return checkSyntax(text).problems;
    }
    const params = { uri: uri.toString(), text, api };
    const problems = await this.server.checkPayload(params, serverTimeoutMs);
    const [mismatch, ...others] = (problems ?? []).filter(isMismatch);
    if (mismatch) {
      const line = text.slice(0, mismatch.range.start).split('\n').length;
      const reason = l10n.t('Line {line}: {reason}', { line, reason: mismatch.message });
      const more = others.length > 0 ? ` ${l10n.t('({0} more)', others.length)}` : '';
      this.ui.output.warn(
        l10n.t('{payload} does not match {schema}: {reason}', {
          payload: label,
          schema: target.schema,
          reason: reason + more,
        }),
      );
    }
    const unchecked = problems
      ? problems.find(({ code }) => code === 'payload.unchecked')
      : { message: l10n.t('The language server did not respond.') };
    if (unchecked) this.#warnUnchecked(label, target.schema, unchecked.message);
    return problems ?? checkSyntax(text).problems;
  }

  #warnUnchecked(payload: string, schema: string, reason: string): void {
    this.ui.output.warn(
      l10n.t('{payload} was not validated against {schema}: {reason}', { payload, schema, reason }),
    );
  }

  async #sendsAnyway({ label, uri, edits = [] }: Payload, problem: Problem): Promise<boolean> {
    const showProblem = l10n.t('Show Problem');
    const sendAnyway = l10n.t('Send Anyway');
    const choice = await this.ui.ask(
      'warning',
      {
        message: l10n.t('Lambda would reject {0}.', label),
        detail: [problem.message],
      },
      ...(uri ? [showProblem, sendAnyway] : [sendAnyway]),
    );
    if (choice === showProblem && uri) {
      const { start, end } = problem.range;
      await this.ui.show(uri, {
        start: offsetInSource(start, edits),
        end: offsetInSource(end, edits),
      });
    }
    return choice === sendAnyway;
  }
}

function checkHeaders({ tenantId, durableName }: InvocationHeaders): void {
  const wrongTenant = tenantId === undefined ? undefined : tenantIdFault(tenantId);
  if (wrongTenant !== undefined) throw new HeaderError('InvalidTenantId', wrongTenant);
  const wrongName = durableName === undefined ? undefined : durableNameFault(durableName);
  if (wrongName !== undefined) throw new HeaderError('InvalidDurableName', wrongName);
}

/** The handler may still cope with what its schema does not allow: that is told, and stops nothing. */
function isMismatch({ code, severity }: Problem): boolean {
  return code === 'payload.schema' && (severity === 'error' || severity === 'warning');
}

function firstError(problems: readonly Problem[]): Problem | undefined {
  return problems.find(({ code, severity }) => severity === 'error' && code !== 'payload.schema');
}
