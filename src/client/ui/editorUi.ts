import * as l10n from '@vscode/l10n';
import { homedir } from 'node:os';
import {
  CancellationTokenSource,
  commands,
  debug,
  type DebugConfiguration,
  EndOfLine,
  env,
  extensions,
  MarkdownString,
  type MessageItem,
  type MessageOptions,
  type Progress,
  type CancellationToken,
  ProgressLocation,
  type QuickPickItem,
  type QuickPickOptions,
  Selection,
  TextEditorRevealType,
  Uri,
  window,
  workspace,
  type WorkspaceFolder,
} from 'vscode';
import { labelText, messageText, oneLine, promptText } from '../../core/foreignText';
import { messageOf } from '../../core/messageOf';
import type { TextRange } from '../../core/problem';
import type { CommandId } from '../contributions';
import { Output } from './output';
import type {
  ActiveFile,
  back,
  Choice,
  MessageSeverity,
  PickRow,
  ProgressOptions,
  Question,
  Step,
  StepOptions,
  StepRow,
  TextQuestion,
  TextStep,
  Ui,
} from './ui';

type Show = <Button extends MessageItem>(
  message: string,
  options: MessageOptions,
  ...buttons: Button[]
) => Thenable<Button | undefined>;

const showIn: Readonly<Record<MessageSeverity, Show>> = {
  information: window.showInformationMessage,
  warning: window.showWarningMessage,
  error: window.showErrorMessage,
};

/** Shows and asks in the editor. */
export class EditorUi implements Ui {
  constructor(readonly output: Output = new Output()) {}

  get active(): ActiveFile | undefined {
    const editor = window.activeTextEditor;
    if (!editor) return undefined;
    const { document, selection } = editor;
    return {
      uri: document.uri,
      languageId: document.languageId,
      selectedText: selection.isEmpty ? '' : document.getText(selection),
      lineEnd: document.eol === EndOfLine.CRLF ? '\r\n' : '\n',
    };
  }

  tell(severity: MessageSeverity, message: string): void {
    void this.showMessage(severity, message);
  }

  offer(severity: MessageSeverity, message: string, ...choices: readonly Choice[]): void {
    const offered = async () => {
      const choice = await this.showMessage(severity, message, ...choices);
      await choice?.run();
    };
    offered().catch((error: unknown) => this.tell('error', messageOf(error)));
  }

  async showMessage<Button extends MessageItem>(
    severity: MessageSeverity,
    message: string,
    ...buttons: readonly Button[]
  ): Promise<Button | undefined> {
    return showIn[severity](messageText(message), {}, ...buttons);
  }

  async ask<Label extends string>(
    severity: MessageSeverity,
    { message, detail = [] }: Question,
    ...labels: readonly Label[]
  ): Promise<Label | undefined> {
    // A dialog shows text as it stands, and makes no links.
    const options = { modal: true, detail: detail.map(oneLine).join('\n') };
    const buttons = labels.map((title) => ({ title }));
    return (await showIn[severity](oneLine(message), options, ...buttons))?.title;
  }

  async askForText({
    prompt,
    validateInput,
    signal,
    ...options
  }: TextQuestion): Promise<string | undefined> {
    const closing = new CancellationTokenSource();
    const close = () => closing.cancel();
    signal?.addEventListener('abort', close, { once: true });
    try {
      return await window.showInputBox(
        {
          ...options,
          ...(prompt === undefined ? {} : { prompt: promptText(prompt) }),
          ...(validateInput && {
            validateInput: async (typed) => {
              const fault = await validateInput(typed);
              return fault === undefined ? undefined : promptText(fault);
            },
          }),
        },
        closing.token,
      );
    } finally {
      signal?.removeEventListener('abort', close);
      closing.dispose();
    }
  }

  async pickRow<Row extends PickRow>(
    rows: readonly Row[] | Promise<readonly Row[]>,
    options: QuickPickOptions,
  ): Promise<Row | undefined> {
    const items = Promise.resolve(rows).then((all) => all.map((row) => ({ ...itemOf(row), row })));
    return (await window.showQuickPick(items, options))?.row;
  }

  async pickStep<Row extends StepRow>(
    rows: readonly Row[] | Promise<readonly Row[]>,
    options: StepOptions<Row>,
  ): Promise<Row | typeof back | undefined> {
    return (await import('./steps')).pickStep(rows, options);
  }

  async typeStep(question: TextStep): Promise<string | typeof back | undefined> {
    return (await import('./steps')).typeStep(question);
  }

  async pickWorkspaceFolder(placeHolder?: string): Promise<WorkspaceFolder | undefined> {
    const folders = workspace.workspaceFolders ?? [];
    if (folders.length < 2) return folders[0];
    return window.showWorkspaceFolderPick(placeHolder === undefined ? {} : { placeHolder });
  }

  async pickDirectory(options: {
    readonly title: string;
    readonly openLabel: string;
  }): Promise<Uri | undefined> {
    const defaultUri = Uri.file(homedir());
    const choice = { canSelectFiles: false, canSelectFolders: true, defaultUri, ...options };
    return (await window.showOpenDialog(choice))?.[0];
  }

  async withProgress<Result>(
    { title, location, cancellable = false }: ProgressOptions,
    task: (progress: Progress<Step>, token: CancellationToken) => Promise<Result>,
  ): Promise<Result> {
    const inert = location === 'statusBar' ? promptText : messageText;
    const places: Readonly<Partial<Record<ProgressOptions['location'], ProgressLocation>>> = {
      notification: ProgressLocation.Notification,
      statusBar: ProgressLocation.Window,
    };
    return window.withProgress(
      { title: inert(title), location: places[location] ?? { viewId: location }, cancellable },
      (progress, token) =>
        task(
          {
            report: ({ message, ...step }) =>
              progress.report(message === undefined ? step : { ...step, message: inert(message) }),
          },
          token,
        ),
    );
  }

  async isTrusted(message: string): Promise<boolean> {
    if (workspace.isTrusted) return true;
    const manage = { title: l10n.t('Manage Workspace Trust') };
    if (await this.showMessage('warning', message, manage))
      await commands.executeCommand('workbench.trust.manage');
    return workspace.isTrusted;
  }

  hasFolder(message: string): boolean {
    if (workspace.workspaceFolders?.length) return true;
    this.offer('information', message, {
      title: l10n.t('Open Folder'),
      run: () => this.run('workbench.action.files.openFolder'),
    });
    return false;
  }

  linesFromCursor(most: number): readonly string[] {
    const { document, selection } = window.activeTextEditor ?? {};
    return (
      document
        ?.getText()
        .split(/\r\n?|\n/)
        .slice(selection?.active.line)
        .slice(0, most) ?? []
    );
  }

  async show(file: Uri, range?: TextRange): Promise<void> {
    const editor = await window.showTextDocument(file);
    if (!range) return;
    const { document } = editor;
    editor.selection = new Selection(
      document.positionAt(range.start),
      document.positionAt(range.end),
    );
    editor.revealRange(editor.selection, TextEditorRevealType.InCenterIfOutsideViewport);
  }

  extensionFolder(id: string): Uri | undefined {
    return extensions.getExtension(id)?.extensionUri;
  }

  async startDebugging(folder: Uri, configuration: DebugConfiguration): Promise<boolean> {
    return debug.startDebugging(workspace.getWorkspaceFolder(folder), configuration);
  }

  async showInOutput(text: string): Promise<boolean> {
    this.output.show();
    return (await import('./placedEditors')).selectInOutput(text);
  }

  async showBeside(page: Uri): Promise<void> {
    await (await import('./placedEditors')).showBeside(page);
  }

  async showUntitledJson(text: string): Promise<Uri> {
    const document = await workspace.openTextDocument({ language: 'json', content: text });
    await window.showTextDocument(document);
    return document.uri;
  }

  async copy(text: string): Promise<void> {
    await env.clipboard.writeText(text);
  }

  runInTerminal(name: string, line: string): void {
    const terminal = window.createTerminal(name);
    terminal.show();
    terminal.sendText(line);
  }

  async run(id: string, ...given: unknown[]): Promise<unknown> {
    return commands.executeCommand(id, ...given);
  }
}

/** What the editor shows of a row. */
export function itemOf({
  icon,
  label,
  description,
  detail,
  kind,
  alwaysShow,
}: PickRow): QuickPickItem {
  return {
    label: [icon === undefined ? '' : `$(${icon})`, labelText(label)].filter(Boolean).join(' '),
    ...(description !== undefined && { description: labelText(description) }),
    ...(detail !== undefined && { detail: labelText(detail) }),
    ...(kind !== undefined && { kind }),
    ...(alwaysShow !== undefined && { alwaysShow }),
  };
}

/** Does what the editor asked for. When that fails, the editor itself shows the error as a message. */
export async function answer<Result>(work: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    error.message = messageText(error.message);
    throw error;
  }
}

/**
 * Markdown whose links may run the commands that are named, and no others.
 * @param text ours: what others wrote went through `markdownText` or `markdownCode` of core
 * @param enabledCommands ids of commands that take nothing from a link
 */
export function markdown(text: string, enabledCommands: readonly CommandId[]): MarkdownString {
  const value = new MarkdownString(text);
  value.isTrusted = { enabledCommands };
  return value;
}
