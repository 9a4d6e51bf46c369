import * as l10n from '@vscode/l10n';
import { type Uri, workspace, type WorkspaceFolder } from 'vscode';
import { shellQuoted } from '../../core/awsCliCommand';
import type { Connection } from '../../core/invocation/connection';
import { partitionWithoutDistributedMap } from '../../core/stepFunctions/availability';
import { deployCommand } from '../../core/stepFunctions/template';
import { unreadText } from '../../files/fileReading';
import { EventFile } from '../../files/eventLines';
import { checkMapItems, type MapItemsCheck } from '../../files/mapItems';
import type { FunctionKind } from '../../aws/stepFunctions/main';
import type { Destinations } from '../connection/destinations';
import type { LocalLambda } from '../connection/localLambda';
import { folderFor } from '../folders';
import type { Confirmation } from '../invoke/confirmation';
import type { FunctionChoice } from '../invoke/functionChoice';
import { type InvokeArguments, readInvokeArguments } from '../invoke/invokeArguments';
import type { Invoker } from '../invoke/invoker';
import type { KnownFunctions } from '../invoke/knownFunctions';
import { stepFunctions } from '../lazy';
import { PayloadError } from '../invoke/payloadChoice';
import { needsEditor } from '../../core/payload/variables';
import { TargetsError } from '../payloads/targetsError';
import type { TargetStore } from '../payloads/targetStore';
import type { EnvironmentChoice } from '../payloads/environmentChoice';
import type { EventFileChoice } from '../runs/eventFileChoice';
import { placeOfConnection } from '../runs/runPlace';
import { cancellable } from '../ui/cancellable';
import type { Choice, Ui } from '../ui/ui';
import { tellFailure } from './failure';
import { writeLargeLines } from './largeLines';
import { chooseStep, type StackOptions, type StackPlan, usualOptions } from './stackChoice';
import { type StackFiles, stackFilesOf, writeStackFiles } from './stackFiles';
import type { ExecutionStart, StartExecution } from './startExecution';
import { withStepFunctions } from './withStepFunctions';

interface Steps {
  readonly files: Pick<EventFileChoice, 'choose'>;
  readonly targets: Pick<TargetStore, 'target'>;
  readonly environments: Pick<EnvironmentChoice, 'isSettled' | 'nameFor'>;
  readonly functionChoice: FunctionChoice;
  readonly functions: Pick<KnownFunctions, 'addRecent'>;
  readonly destinations: Pick<Destinations, 'ofEvent'>;
  readonly confirmation: Pick<Confirmation, 'allows'>;
  readonly invoker: Pick<Invoker, 'isAllowedHere'>;
  readonly localLambda: Pick<LocalLambda, 'running'>;
  readonly start: StartExecution;
  /** Where copies of lines go. */
  readonly root: string;
}

/** A file, and the function that its lines go to. */
interface Sending {
  readonly file: Uri;
  readonly label: string;
  readonly folder: WorkspaceFolder;
  readonly connection: Connection;
  /** Name of the environment that had a say in where it goes. */
  readonly environment?: string;
  readonly receiver: FunctionKind;
  readonly check: MapItemsCheck;
}

/**
 * Sends an event file through Step Functions: writes the template once, has it deployed by the user, uploads the file and
 * starts an execution. Each step is shown before it happens.
 */
export class SendWithStepFunctions {
  constructor(
    private readonly steps: Steps,
    private readonly ui: Ui,
  ) {}

  /**
   * Lambda: Send with Step Functions…: resolves to the ARN of the execution, or to `undefined` when none was started.
   * @param argument as for an invoking command; `uri` names the event file
   */
  async send(argument?: unknown): Promise<string | undefined> {
    const given = readInvokeArguments(argument);
    if (!(await this.steps.invoker.isAllowedHere())) return undefined;
    const file = await this.steps.files.choose(given.uri);
    if (!file) return undefined;
    const label = workspace.asRelativePath(file);
    try {
      const sending = await this.#prepare(given, file, label);
      return sending && (await this.#offerSteps(sending));
    } catch (error) {
      tellFailure(this.ui, label, error);
      return undefined;
    }
  }

  /** What would be sent where. `undefined` when the user cancelled, or was told why it cannot be. */
  async #prepare(given: InvokeArguments, file: Uri, label: string): Promise<Sending | undefined> {
    const { targets, environments, functionChoice, functions, destinations } = this.steps;
    const folder = folderFor(file);
    if (!folder) {
      this.ui.hasFolder(l10n.t('Open a folder first: the template is written into it.'));
      return undefined;
    }
    if (!(await environments.isSettled(folder))) return undefined;
    const reading = await targets.target(file);
    if (reading.kind === 'fault') throw new TargetsError(reading);
    const { target } = reading;
    if (target?.variables) throw new PayloadError(needsEditor(label));
    const source = { label, folder, ...(target ? { target } : {}) };
    const functionName =
      given.functionName ?? target?.function ?? (await functionChoice.choose(given, source));
    if (functionName === undefined) return undefined;
    const request = { given, target, functionName, scope: folder };
    const connection = await destinations.ofEvent(request);
    if (!connection) return undefined;
    this.#requireStepFunctions(connection);
    await functions.addRecent(functionName);
    const receiver = await this.#readFunction(connection, functionName, given.qualifier);
    if (!receiver) return undefined;
    const check = await this.#check(file, label);
    if (!check) return undefined;
    const environment = await environments.nameFor(given, folder);
    return {
      file,
      label,
      folder,
      connection,
      ...(environment === undefined ? {} : { environment }),
      receiver,
      check,
    };
  }

  /** @throws {Error} where there is no Distributed Map, before anything is written */
  #requireStepFunctions({ endpoint, region }: Connection): void {
    if (endpoint !== undefined && endpoint === this.steps.localLambda.running?.endpoint) {
      throw new Error(
        l10n.t(
          'Local Lambda has no Step Functions. Stop it to send through AWS, or send each line from here.',
        ),
      );
    }
    const partition = partitionWithoutDistributedMap(region);
    if (partition !== undefined) {
      throw new Error(
        l10n.t(
          'Step Functions has no Distributed Map in {region} (partition {partition}). Send each line from here instead.',
          { region, partition },
        ),
      );
    }
  }

  async #readFunction(
    connection: Connection,
    functionName: string,
    qualifier: string | undefined,
  ): Promise<FunctionKind | undefined> {
    const { readFunctionKind } = await stepFunctions();
    const title = l10n.t('Reading {0}', functionName);
    const receiver = await withStepFunctions(this.ui, connection, title, (aws) =>
      readFunctionKind(aws, functionName, qualifier),
    );
    if (receiver?.needsTenant) {
      throw new Error(
        l10n.t(
          '{0} isolates tenants, and Step Functions cannot name one with each event.',
          functionName,
        ),
      );
    }
    return receiver;
  }

  /** Reads the file, with progress. `undefined` when the user cancelled. */
  async #check(file: Uri, label: string): Promise<MapItemsCheck | undefined> {
    const opened = await EventFile.open(file.fsPath);
    if (!(opened instanceof EventFile)) throw new Error(unreadText(opened));
    const title = l10n.t('Validating {0}', label);
    try {
      return await cancellable(this.ui, title, async (signal, progress) => {
        let shown = 0;
        const onProgress = (bytesRead: number) => {
          const percent = (bytesRead / opened.size) * 100;
          if (percent - shown < 1) return;
          progress.report({ increment: percent - shown });
          shown = percent;
        };
        return checkMapItems(opened, { signal, onProgress });
      });
    } finally {
      await opened.close();
    }
  }

  async #offerSteps(sending: Sending): Promise<string | undefined> {
    const { check, receiver, connection, label } = sending;
    if (check.items === 0 && check.tooLarge.count === 0) {
      const [first] = check.invalid.problems;
      throw new Error(
        first
          ? l10n.t('The file has no valid events. Line {line}: {problem}', {
              line: first.line,
              problem: first.message,
            })
          : l10n.t('The file contains no events. Write one JSON value on each line.'),
      );
    }
    const { findStack, partBytes } = await stepFunctions();
    const files = await stackFilesOf(sending.folder, receiver.arn);
    const { stack: stackName } = files.names;
    let options: StackOptions = usualOptions;
    for (;;) {
      const title = l10n.t('Looking for the stack {0}', stackName);
      const stack = files.isWritten
        ? await withStepFunctions(this.ui, connection, title, (aws) => findStack(aws, stackName))
        : undefined;
      if (files.isWritten && !stack) return undefined;
      const plan: StackPlan = {
        ...sending,
        functionArn: receiver.arn,
        parts: Math.ceil(check.itemBytes / partBytes(check.itemBytes)),
        options,
        stack,
      };
      const decision = await chooseStep(plan, this.ui);
      options = decision?.options ?? options;
      switch (decision?.kind) {
        case undefined:
          return undefined;
        case 'checkAgain':
          break;
        case 'sendLarge':
          await this.#sendLarge(sending);
          return undefined;
        case 'openTemplate':
          await this.ui.show(files.template);
          return undefined;
        case 'write':
          await this.#write(sending, files, options);
          return undefined;
        case 'deploy':
          this.#deploy(sending, files);
          return undefined;
        case 'send': {
          if (stack?.kind !== 'ready') return undefined;
          const toConfirm = {
            ...sending,
            api: 'Invoke',
            functionName: receiver.arn,
            events: check.items,
            payload: { label, folder: sending.folder },
          } as const;
          if (!(await this.steps.confirmation.allows(toConfirm))) return undefined;
          const start: ExecutionStart = { ...sending, functionArn: receiver.arn, stack };
          return this.steps.start.start(start);
        }
      }
    }
  }

  async #write(sending: Sending, files: StackFiles, options: StackOptions): Promise<void> {
    const { receiver, connection, label } = sending;
    const { bucket, prefix } = options;
    await writeStackFiles(files, {
      function: receiver,
      stack: files.names.stack,
      bucket,
      prefix,
      options,
      region: connection.region,
    });
    await this.ui.show(files.template);
    const name = workspace.asRelativePath(files.template);
    const deploy = {
      title: l10n.t('Deploy'),
      run: () => this.#deploy(sending, files),
    };
    this.ui.offer(
      'information',
      l10n.t('{name} is written. Review it, deploy it, then send {file} again.', {
        name,
        file: label,
      }),
      deploy,
    );
  }

  /** The user sees the command, and what comes of it. */
  #deploy(sending: Sending, { names, template }: StackFiles): void {
    const { connection } = sending;
    const shell = process.platform === 'win32' ? 'powershell' : 'posix';
    const words = deployCommand({
      stack: names.stack,
      template: template.fsPath,
      region: connection.region,
      profile: connection.profile,
    });
    this.ui.runInTerminal(
      'aws cloudformation deploy',
      words.map((word) => shellQuoted(word, shell)).join(' '),
    );
    this.ui.offer(
      'information',
      l10n.t('When the terminal says that the stack is deployed, continue.'),
      this.#again(sending),
    );
  }

  #again({ file, receiver, connection }: Sending): Choice {
    const about = {
      uri: file,
      functionName: receiver.arn,
      ...placeOfConnection(connection, false),
    };
    return {
      title: l10n.t('Continue'),
      run: () => this.ui.run('invokeAsync.sendDistributed', about),
    };
  }

  /** Lines that are too large for an item go from here, with Invoke. */
  async #sendLarge({ file, receiver, connection }: Sending): Promise<void> {
    const uri = await writeLargeLines(file, this.steps.root);
    await this.ui.run('invokeAsync.sendFile', {
      uri,
      functionName: receiver.arn,
      api: 'Invoke',
      ...placeOfConnection(connection, false),
    });
  }
}
