import * as l10n from '@vscode/l10n';
import { CodeLens, type CodeLensProvider, languages, Range, type TextDocument } from 'vscode';
import { commandOf } from '../contributions';

/** Above an event file: the way to send it. */
class EventFileLens implements CodeLensProvider {
  provideCodeLenses(document: TextDocument): CodeLens[] {
    // There is nothing to send in a new file.
    if (document.lineCount === 1 && document.lineAt(0).isEmptyOrWhitespace) return [];
    const title = l10n.t('Send Each Line…');
    const command = commandOf('invokeAsync.sendFile', title, document.uri);
    return [new CodeLens(new Range(0, 0, 0, 0), command)];
  }
}

export function provideEventFileLens() {
  return languages.registerCodeLensProvider(
    { language: 'jsonl', scheme: 'file' },
    new EventFileLens(),
  );
}
