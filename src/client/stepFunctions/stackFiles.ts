import * as l10n from '@vscode/l10n';
import { Uri, workspace, type WorkspaceFolder } from 'vscode';
import { otherStackNames, type StackNames, stackNames } from '../../core/stepFunctions/names';
import { type StackPlan, stackReadme, stackTemplate } from '../../core/stepFunctions/template';
import { unreadText } from '../../files/fileReading';
import { unwrittenText } from '../../files/fileWriting';
import { textHash } from '../../files/textHash';
import { readWorkspaceFile } from '../readWorkspaceFile';
import { createWorkspaceFile } from '../writeWorkspaceFile';

/** Of one function: the names of its stack, and its template as far as there is one. */
export interface StackFiles {
  readonly names: StackNames;
  readonly template: Uri;
  readonly readme: Uri;
  readonly isWritten: boolean;
}

/** The largest template that CloudFormation takes from the command line, in bytes. */
const longestTemplate = 51_200;

/** The files of a function in a workspace folder. A template of another function of the same name is left to that. */
export async function stackFilesOf(folder: WorkspaceFolder, arn: string): Promise<StackFiles> {
  for (const names of [stackNames(arn, textHash), otherStackNames(arn, textHash)]) {
    const files = filesOf(folder, names);
    const text = await templateText(files.template);
    if (text === undefined) return { ...files, isWritten: false };
    if (mentions(text, arn)) return { ...files, isWritten: true };
  }
  throw new Error(
    l10n.t('The templates in .lambda/step-functions belong to other functions than {0}.', arn),
  );
}

/**
 * Writes the files of a stack, never over others.
 * @throws {Error} in words for people
 */
export async function writeStackFiles(files: StackFiles, plan: StackPlan): Promise<void> {
  // The template last: it is what tells that both are there.
  const texts = [
    [files.readme, stackReadme(plan)],
    [files.template, stackTemplate(plan)],
  ] as const;
  for (const [uri, text] of texts) {
    const writing = await createWorkspaceFile(uri, Buffer.from(text));
    // A README that somebody has kept is theirs.
    const isKept = writing.kind === 'exists' && uri === files.readme;
    if (writing.kind === 'written' || isKept) continue;
    const name = workspace.asRelativePath(uri);
    const reason = unwrittenText(writing);
    throw new Error(l10n.t('{name} was not saved. {reason}', { name, reason }));
  }
}

function filesOf(folder: WorkspaceFolder, names: StackNames) {
  const uri = (name: string) =>
    Uri.joinPath(folder.uri, '.lambda', 'step-functions', names.folder, name);
  return { names, template: uri('template.yaml'), readme: uri('README.md') };
}

async function templateText(uri: Uri): Promise<string | undefined> {
  const reading = await readWorkspaceFile(uri, longestTemplate);
  if (reading.kind === 'content') return Buffer.from(reading.bytes).toString();
  if (reading.kind === 'missing') return undefined;
  throw new Error(`${workspace.asRelativePath(uri)}: ${unreadText(reading)}`);
}

/** Whether the template invokes this function, and not one whose ARN only begins alike. */
function mentions(text: string, arn: string): boolean {
  return text.includes(`"${arn}"`);
}
