import * as l10n from '@vscode/l10n';
import type {
  CancellationToken,
  DebugConfiguration,
  InputBoxOptions,
  MessageItem,
  Progress,
  QuickPickItem,
  QuickPickOptions,
  Uri,
  WorkspaceFolder,
} from 'vscode';
import type { TextRange } from '../../core/problem';
import type { ArgumentsOf, CommandId, ViewId } from '../contributions';
import type { Output } from './output';

/**
 * All that the client shows and asks. `EditorUi` does it in the editor; the fast tests answer in place of the user.
 * What others wrote may go into any of these texts: it is made inert before it is shown.
 */
export interface Ui {
  readonly output: Output;

  /** Shows a message, and does not wait for the user. */
  tell(severity: MessageSeverity, message: string): void;
  /** Shows a message with buttons and does not wait for the user. When what a button does fails, says so. */
  offer(severity: MessageSeverity, message: string, ...choices: readonly Choice[]): void;
  /** Shows a message that the user may leave alone. Resolves to the button that they press, if they press one. */
  showMessage<Button extends MessageItem>(
    severity: MessageSeverity,
    message: string,
    ...buttons: readonly Button[]
  ): Promise<Button | undefined>;
  /** Asks what has to be answered first. Resolves to the label that the user chooses, unless it is Cancel. */
  ask<Label extends string>(
    severity: MessageSeverity,
    question: Question,
    ...labels: readonly Label[]
  ): Promise<Label | undefined>;
  /** Asks for a line of text. `undefined` when the user cancelled. */
  askForText(question: TextQuestion): Promise<string | undefined>;
  /** Lets the user pick one of the rows. `undefined` when they cancelled. */
  pickRow<Row extends PickRow>(
    rows: readonly Row[] | Promise<readonly Row[]>,
    options: QuickPickOptions,
  ): Promise<Row | undefined>;
  /** One of several picks in a row. `undefined` when the user cancelled. */
  pickStep<Row extends StepRow>(
    rows: readonly Row[] | Promise<readonly Row[]>,
    options: StepOptions<Row>,
  ): Promise<Row | typeof back | undefined>;
  /** A line of text as one of several steps. `undefined` when the user cancelled. */
  typeStep(question: TextStep): Promise<string | typeof back | undefined>;
  /** The folder that something is for; asks where several are open. `undefined` where none is, or on cancel. */
  pickWorkspaceFolder(placeHolder?: string): Promise<WorkspaceFolder | undefined>;
  /** Asks for a folder of this computer. `undefined` when the user cancelled. */
  pickDirectory(options: {
    readonly title: string;
    readonly openLabel: string;
  }): Promise<Uri | undefined>;
  /** Shows that something goes on for as long as the task takes. */
  withProgress<Result>(
    options: ProgressOptions,
    task: (progress: Progress<Step>, token: CancellationToken) => Promise<Result>,
  ): Promise<Result>;

  /**
   * Whether the workspace is trusted. Its files decide which function, account and endpoint an event goes to, so
   * nothing is sent before the user trusts them.
   * @param message says where it is not trusted why it has to be
   */
  isTrusted(message: string): Promise<boolean>;
  /**
   * Whether a folder is open.
   * @param message says where none is what it is needed for; the button to open one comes with it
   */
  hasFolder(message: string): boolean;

  /** The file in the editor, and what is selected in it. */
  readonly active: ActiveFile | undefined;
  /** The line in the editor that has the cursor, and those below it; a log counts as an editor. */
  linesFromCursor(most: number): readonly string[];
  /** Opens a file, with a range of it selected. */
  show(file: Uri, range?: TextRange): Promise<void>;
  /** Shows the last line of the output that holds a text. Whether there is one. */
  showInOutput(text: string): Promise<boolean>;
  /** Opens a page beside the editor that has the focus, which stays there; pages of one scheme share a column. */
  showBeside(page: Uri): Promise<void>;
  /** Opens a new JSON document that is not saved anywhere, and resolves to its address. */
  showUntitledJson(text: string): Promise<Uri>;
  copy(text: string): Promise<void>;
  /** Types a command into a new terminal, and runs it. */
  runInTerminal(name: string, line: string): void;
  /** The folder of another extension that is installed and enabled. */
  extensionFolder(id: string): Uri | undefined;
  /** Starts a debugger for a workspace folder. Whether it has started. */
  startDebugging(folder: Uri, configuration: DebugConfiguration): Promise<boolean>;
  /** Runs one of our commands, or of the editor's. */
  run<Id extends CommandId | EditorCommandId>(
    id: Id,
    ...given: Id extends CommandId ? ArgumentsOf<Id> : unknown[]
  ): Promise<unknown>;
}

/** The user wants to change the step before. */
export const back = Symbol('back');

export type MessageSeverity = 'information' | 'warning' | 'error';

/** The editor's own commands that we run. */
export type EditorCommandId =
  | 'copyFilePath'
  | 'markdown.showPreview'
  | 'revealInExplorer'
  | 'vscode.diff'
  | 'vscode.open'
  | 'vscode.openFolder'
  | 'workbench.action.files.openFolder'
  | 'workbench.action.openGlobalKeybindingsFile'
  | 'workbench.action.openSettings'
  | 'workbench.extensions.search'
  | 'workbench.panel.markers.view.focus'
  | `${ViewId}.focus`;

/** A button under a message, and what it does. */
export interface Choice extends MessageItem {
  run(): unknown;
}

export function showOutput(output: Output): Choice {
  return { title: l10n.t('Show Output'), run: () => output.show() };
}

/** What a modal dialog asks. */
export interface Question {
  readonly message: string;
  /** Below the question, one line each. */
  readonly detail?: readonly string[];
}

export interface TextQuestion
  extends Pick<InputBoxOptions, 'title' | 'value' | 'prompt' | 'placeHolder'> {
  readonly ignoreFocusOut?: boolean;
  /** Closes the box when it ends. */
  readonly signal?: AbortSignal | undefined;
  /** What is wrong with what is typed so far. */
  readonly validateInput?: (typed: string) => string | undefined | Promise<string | undefined>;
}

/** A row of a pick. All of its words are text; an icon stands in front of them. */
export interface PickRow extends Pick<QuickPickItem, 'label' | 'kind' | 'alwaysShow'> {
  /** Name of one of the editor's icons. */
  readonly icon?: string;
  readonly description?: string | undefined;
  readonly detail?: string | undefined;
}

/** Where a pick or a box stands among several. */
interface PlaceOfStep {
  readonly title: string;
  /** From 1. */
  readonly step: number;
  readonly totalSteps: number;
  /** Whether there is a step before; the button for it resolves to `back`. */
  readonly canGoBack: boolean;
}

/** A row of a step. */
export interface StepRow extends PickRow {
  /** It only tells something: Enter on it leaves the pick open. */
  readonly isNote?: boolean;
}

export interface StepOptions<Row extends StepRow> extends PlaceOfStep {
  readonly placeHolder: string;
  /** A row for what is typed, below those that contain it. */
  readonly typedRow?: (text: string) => Row | undefined;
}

export interface TextStep
  extends PlaceOfStep,
    Omit<TextQuestion, 'title' | 'signal' | 'ignoreFocusOut'> {}

export interface ProgressOptions {
  readonly title: string;
  /** A notification, the status bar, or a bar over a view, which shows no words. */
  readonly location: 'notification' | 'statusBar' | ViewId;
  readonly cancellable?: boolean;
}

export interface Step {
  readonly message?: string;
  /** Of 100. */
  readonly increment?: number;
}

export interface ActiveFile {
  readonly uri: Uri;
  readonly languageId: string;
  /** Empty where nothing is selected. */
  readonly selectedText: string;
  readonly lineEnd: '\n' | '\r\n';
}
