import * as l10n from '@vscode/l10n';
import { type CodeAction, CodeActionKind, type Command } from '../lsp';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { fixAll } from '../../migration/rewrite';
import type { DeprecatedUse } from '../../migration/use';
import type { Problem } from '../../core/problem';
import { editIn } from '../range';
import { toDiagnostic } from './diagnostics';

/** What editors run on saving, when the user says so. */
export const fixAllKind = `${CodeActionKind.SourceFixAll}.invokeAsync`;

/** Replaces every use of InvokeAsync in a document that certainly can be; none when there is nothing to replace. */
export function fixAllActions(document: TextDocument, problems: readonly Problem[]): CodeAction[] {
  const uses = problems.filter(isCertainUse);
  if (uses.length === 0) return [];
  const edits = fixAll(uses).map((edit) => editIn(document, edit));
  return [
    {
      title: l10n.t('Replace all uses of InvokeAsync in this file'),
      kind: fixAllKind,
      diagnostics: uses.map((use) => toDiagnostic(document, use)),
      edit: {
        documentChanges: [
          { textDocument: { uri: document.uri, version: document.version }, edits },
        ],
      },
    },
  ];
}

/**
 * What is offered beside the fix of one use: the same for all of the file, when there are several, and for all of the
 * workspace.
 * @param touched the problems that quick fixes are asked for
 * @param canReplaceInWorkspace whether the client runs the command for it
 */
export function widerFixes(
  document: TextDocument,
  problems: readonly Problem[],
  touched: readonly Problem[],
  canReplaceInWorkspace: boolean,
): CodeAction[] {
  const diagnostics = touched.filter(isCertainUse).map((use) => toDiagnostic(document, use));
  if (diagnostics.length === 0) return [];
  const isOneOfSeveral = problems.filter(isCertainUse).length > 1;
  const quickFix = { kind: CodeActionKind.QuickFix, diagnostics };
  return [
    ...(isOneOfSeveral ? fixAllActions(document, problems) : []).map((action) => ({
      ...action,
      ...quickFix,
    })),
    ...(canReplaceInWorkspace ? [{ ...quickFix, ...byCommand() }] : []),
  ];
}

function byCommand(): { readonly title: string; readonly command: Command } {
  const title = l10n.t('Replace all uses of InvokeAsync in the workspace…');
  return { title, command: { title, command: 'invokeAsync.migrateDeprecated' } };
}

function isCertainUse(problem: Problem): problem is DeprecatedUse {
  return problem.code.startsWith('deprecated.') && problem.fixes.length > 0;
}
