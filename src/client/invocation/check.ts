import { Selection, TextEditorRevealType, type Uri, window } from 'vscode';
import { identifierProblems } from '../../core/functionIdentifier/problems';
import type { InvokeApi } from '../../core/invocation';
import { sizeProblem } from '../../core/payload/size';
import { checkSyntax } from '../../core/payload/syntax';
import type { Problem } from '../../core/problem';
import type { Payload } from './choosePayload';

/** An invocation that must not be sent; `name` is the code of the problem. */
export class CheckFailed extends Error {
  constructor({ code, message }: Problem, what: string) {
    super(`${what}: ${message}`);
    this.name = code;
  }
}

/**
 * Checks an event before anything is sent. What cannot succeed is refused; a payload that Lambda would refuse is sent
 * only when the user says so.
 * @throws {CheckFailed}
 */
export async function check(functionName: string, payload: Payload, api: InvokeApi): Promise<void> {
  const wrongName = firstError(identifierProblems(functionName, { isTarget: true }));
  if (wrongName) throw new CheckFailed(wrongName, functionName || 'Function');
  const tooLarge = sizeProblem(payload.text, api);
  if (tooLarge) throw new CheckFailed(tooLarge, payload.label);
  const wrongJson = firstError(checkSyntax(payload.text).problems);
  if (wrongJson && !(await sendsAnyway(payload, wrongJson))) {
    throw new CheckFailed(wrongJson, payload.label);
  }
}

function firstError(problems: readonly Problem[]): Problem | undefined {
  return problems.find(({ severity }) => severity === 'error');
}

async function sendsAnyway({ label, uri }: Payload, problem: Problem): Promise<boolean> {
  const showProblem = 'Show Problem';
  const sendAnyway = 'Send Anyway';
  const choice = await window.showWarningMessage(
    `Lambda would refuse ${label}.`,
    { modal: true, detail: problem.message },
    ...(uri ? [showProblem, sendAnyway] : [sendAnyway]),
  );
  if (choice === showProblem && uri) await show(uri, problem);
  return choice === sendAnyway;
}

async function show(uri: Uri, { range }: Problem): Promise<void> {
  const editor = await window.showTextDocument(uri);
  const { document } = editor;
  editor.selection = new Selection(
    document.positionAt(range.start),
    document.positionAt(range.end),
  );
  editor.revealRange(editor.selection, TextEditorRevealType.InCenterIfOutsideViewport);
}
