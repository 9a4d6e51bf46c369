import assert from 'node:assert/strict';
import type { DebugConfiguration, Memento, Uri, WorkspaceFolder } from 'vscode';
import type { TextRange } from '../../../src/core/problem';
import {
  type ActiveFile,
  back,
  type Choice,
  type MessageSeverity,
  type PickRow,
  type ProgressOptions,
  type Question,
  type Step,
  type StepOptions,
  type StepRow,
  type TextQuestion,
  type TextStep,
  type Ui,
} from '../../../src/client/ui/ui';

/** As an answer: the button that leads to the step before. */
export const arrowBack = '←';

/** What the user does when they are asked: the label of a button or row, what they type, or nothing for Cancel. */
type Answer = string | undefined;

/** Answers in place of the user, and remembers what was shown. A question that no answer was given for fails the test. */
export class FakeUi {
  /** Messages, questions and titles, in the order in which they were shown. */
  readonly shown: string[] = [];
  readonly lines: string[] = [];
  readonly ran: { readonly id: string; readonly given: readonly unknown[] }[] = [];
  readonly copied: string[] = [];
  /** What was selected in the files that were shown. */
  readonly ranges: TextRange[] = [];
  /** What commands resolve to that are run, by their ids. */
  readonly results = new Map<string, unknown>();
  /** What shows how far something is, by its title: the last one of that title. */
  readonly progress = new Map<string, { readonly steps: readonly Step[]; cancel(): void }>();
  /** Buttons that were offered last. */
  choices: readonly Choice[] = [];
  /** What stood in a box already when the user was asked to type, each time. */
  readonly suggested: string[] = [];
  /** Rows that were shown last. */
  rows: readonly PickRow[] = [];
  active: ActiveFile | undefined;
  trusts = true;
  /** The only workspace folder. */
  folder: WorkspaceFolder | undefined;
  /** The folder that is picked. */
  directory: Uri | undefined;
  readonly #answers: Answer[];
  readonly #waiting: (() => void)[] = [];

  constructor(...answers: readonly Answer[]) {
    this.#answers = [...answers];
  }

  /** As what the features take. */
  get ui(): Ui {
    return this as unknown as Ui;
  }

  /** Whether every answer was asked for. */
  get isDone(): boolean {
    return this.#answers.length === 0;
  }

  readonly output = {
    debug: (line: string) => this.#write(line),
    info: (line: string) => this.#write(line),
    warn: (line: string) => this.#write(line),
    error: (line: string) => this.#write(line),
    print: (_level: string, tag: string, text: string) => this.#write(`${tag} ${text}`),
    show: () => undefined,
  };

  answer(...answers: readonly Answer[]): void {
    this.#answers.push(...answers);
  }

  /** Waits until a message with buttons was shown that matches. */
  async offered(words: RegExp): Promise<void> {
    await this.until(() => this.shown.some((one) => words.test(one)));
  }

  /** Waits until something holds, with each message and each step of a progress. */
  async until(holds: () => boolean): Promise<void> {
    while (!holds()) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** Waits until the output holds a line that matches, and resolves to the first. */
  async wrote(words: RegExp): Promise<string> {
    for (;;) {
      const line = this.lines.find((one) => words.test(one));
      if (line !== undefined) return line;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  /** Presses a button of the message that was offered last. */
  async press(title: string): Promise<void> {
    const choice = this.choices.find((one) => one.title === title);
    assert.ok(choice, `${title} is none of ${this.choices.map((one) => one.title).join(', ')}`);
    await choice.run();
  }

  tell(_severity: MessageSeverity, message: string): void {
    this.shown.push(message);
  }

  offer(_severity: MessageSeverity, message: string, ...choices: readonly Choice[]): void {
    this.shown.push(message);
    this.choices = choices;
    this.#wake();
  }

  async showMessage<Button extends { readonly title: string }>(
    _severity: MessageSeverity,
    message: string,
    ...buttons: readonly Button[]
  ): Promise<Button | undefined> {
    const title = this.#next(message);
    return buttons.find((button) => button.title === title);
  }

  async ask(
    _severity: MessageSeverity,
    { message, detail = [] }: Question,
    ...labels: readonly string[]
  ): Promise<string | undefined> {
    const label = this.#next([message, ...detail].join('\n'));
    assert.ok(
      label === undefined || labels.includes(label),
      `${label} is none of ${labels.join()}`,
    );
    return label;
  }

  async askForText({
    prompt = '',
    title,
    value = '',
    validateInput,
  }: TextQuestion): Promise<string | undefined> {
    this.suggested.push(value);
    const typed = this.#next(title ?? prompt);
    const fault = typed === undefined ? undefined : await validateInput?.(typed);
    assert.equal(fault, undefined);
    return typed;
  }

  async pickRow<Row extends PickRow>(
    rows: readonly Row[] | Promise<readonly Row[]>,
    { title = '' }: { readonly title?: string },
  ): Promise<Row | undefined> {
    const label = this.#next(title);
    const all = await rows;
    this.rows = all;
    if (label === undefined) return undefined;
    const row = all.find((one) => one.label === label);
    assert.ok(row, `${label} is none of ${all.map((one) => one.label).join(', ')}`);
    return row;
  }

  async pickStep<Row extends StepRow>(
    rows: readonly Row[] | Promise<readonly Row[]>,
    { title, canGoBack, typedRow }: StepOptions<Row>,
  ): Promise<Row | typeof back | undefined> {
    const answer = this.#next(title);
    const all = await rows;
    this.rows = all;
    if (answer === undefined) return undefined;
    if (answer === arrowBack && canGoBack) return back;
    const row = all.find(({ label, isNote }) => label === answer && !isNote) ?? typedRow?.(answer);
    assert.ok(row, `${answer} is none of ${all.map((one) => one.label).join(', ')}`);
    return row;
  }

  async typeStep({ canGoBack, ...question }: TextStep): Promise<string | typeof back | undefined> {
    const typed = await this.askForText({
      ...question,
      validateInput: async (text) =>
        text === arrowBack && canGoBack ? undefined : question.validateInput?.(text),
    });
    return typed === arrowBack ? back : typed;
  }

  async pickWorkspaceFolder(): Promise<WorkspaceFolder | undefined> {
    return this.folder;
  }

  async pickDirectory(): Promise<Uri | undefined> {
    return this.directory;
  }

  async withProgress<Result>(
    { title }: ProgressOptions,
    task: (progress: object, token: object) => Promise<Result>,
  ): Promise<Result> {
    this.shown.push(title);
    const listeners: (() => void)[] = [];
    const token = {
      isCancellationRequested: false,
      onCancellationRequested: (listener: () => void) => listeners.push(listener),
    };
    const steps: Step[] = [];
    this.progress.set(title, {
      steps,
      cancel() {
        token.isCancellationRequested = true;
        for (const listener of listeners) listener();
      },
    });
    const report = (step: Step) => {
      steps.push(step);
      this.#wake();
    };
    return task({ report }, token);
  }

  async isTrusted(message: string): Promise<boolean> {
    if (!this.trusts) this.shown.push(message);
    return this.trusts;
  }

  hasFolder(): boolean {
    return true;
  }

  async show(file: Uri, range?: TextRange): Promise<void> {
    this.ran.push({ id: 'show', given: [file] });
    if (range) this.ranges.push(range);
  }

  /** Folders of other extensions, by their ids. */
  readonly extensions = new Map<string, Uri>();
  /** What a debugger is started with. */
  startsDebugger: (configuration: DebugConfiguration) => Promise<boolean> = async () => false;

  extensionFolder(id: string): Uri | undefined {
    return this.extensions.get(id);
  }

  async startDebugging(_folder: Uri, configuration: DebugConfiguration): Promise<boolean> {
    return this.startsDebugger(configuration);
  }

  async showInOutput(text: string): Promise<boolean> {
    this.ran.push({ id: 'showInOutput', given: [text] });
    return this.lines.some((line) => line.includes(text));
  }

  async showBeside(page: Uri): Promise<void> {
    this.ran.push({ id: 'showBeside', given: [page] });
  }

  async copy(text: string): Promise<void> {
    this.copied.push(text);
  }

  runInTerminal(_name: string, line: string): void {
    this.ran.push({ id: 'terminal', given: [line] });
  }

  async run(id: string, ...given: readonly unknown[]): Promise<unknown> {
    this.ran.push({ id, given });
    return this.results.get(id);
  }

  #write(line: string): void {
    this.lines.push(line);
    this.#wake();
  }

  #wake(): void {
    for (const wake of this.#waiting.splice(0)) wake();
  }

  #next(question: string): Answer {
    this.shown.push(question);
    assert.ok(this.#answers.length > 0, `nobody answers: ${question}`);
    return this.#answers.shift();
  }
}

/** What the editor remembers for an extension. */
export function memory(): Memento {
  const values = new Map<string, unknown>();
  return {
    keys: () => [...values.keys()],
    get: <T>(key: string, otherwise?: T) => (values.has(key) ? (values.get(key) as T) : otherwise),
    update: async (key: string, value: unknown) => {
      values.set(key, value);
    },
  };
}
