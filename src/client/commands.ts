import type { EditorTools } from './agents/editorTools';
import type { CommandTable } from './contributions';
import { FailedEventRow } from './failedEvents/rows';
import { type Activated, createFeatures, type Drawn, type Memory } from './features';
import { clearInvocations } from './invocations/clearInvocations';
import { askForFilter } from './invocations/filteredRows';
import { openExample } from './payloads/openExample';
import { InvokeTaskRun } from './tasks/invokeTaskRun';

/** What is called by an id, and what else is made of the same features. */
export interface Commands extends CommandTable {
  readonly taskRun: InvokeTaskRun;
  /** The same ones each time: they know what has been sent. */
  agentTools(): Promise<EditorTools>;
}

/** Says which feature each command calls. A chunk of its own, read with the first command. */
export function createCommands(activated: Activated, memory: Memory, drawn?: Drawn): Commands {
  const { ui, localLambda, logFollower, filter, targets, dist } = activated;
  const features = createFeatures(activated, memory, drawn);

  let agentTools: Promise<EditorTools> | undefined;
  const loadAgentTools = async () => {
    const { EditorTools } = await import('./agents/editorTools');
    const { environments, destinations, invoker } = features;
    return new EditorTools({ targets, environments, destinations, invoker }, dist, ui);
  };

  return {
    taskRun: new InvokeTaskRun(features.invoker, logFollower),
    agentTools: async () => (agentTools ??= loadAgentTools()),
    'invokeAsync.invoke': (...given) =>
      features.several.oneOrAll((one) => features.invoke.invoke(one), {}, ...given),
    'invokeAsync.invokeEvent': (...given) =>
      features.several.oneOrAll(
        (one) => features.invoke.invokeEvent(one),
        { api: 'Invoke' },
        ...given,
      ),
    'invokeAsync.invokeAndWait': (given) => features.invoke.invokeAndWait(given),
    'invokeAsync.debugPayload': (given) => features.debugPayload.debug(given),
    'invokeAsync.invokeAgain': () => features.invoker.invokeAgain(),
    'invokeAsync.dryRun': (...given) =>
      features.several.oneOrAll(
        (one) => features.invoke.dryRun(one),
        { api: 'Invoke', dryRun: true },
        ...given,
      ),
    'invokeAsync.selectConnection': () => features.connection.select(),
    'invokeAsync.selectEnvironment': () => features.environments.select(),
    'invokeAsync.showOutput': () => ui.output.show(),
    'invokeAsync.newPayload': (row) => features.newPayloads.newPayload(row),
    'invokeAsync.savePayload': () => features.newPayloads.saveSelection(),
    'invokeAsync.sendSelection': () => features.invoke.sendSelection(),
    'invokeAsync.importTestEvents': (row) => features.testEvents.import(row),
    'invokeAsync.shareTestEvent': (row) => features.testEvents.share(row),
    'invokeAsync.setTarget': (...given) => features.target.setTarget(...given),
    'invokeAsync.invokeAll': (...given) => features.several.invokeAll(...given),
    'invokeAsync.invokeHovered': (place) => features.invoke.invokeHovered(place),
    'invokeAsync.invokeFunction': (about) => features.invoke.invokeFunction(about),
    'invokeAsync.useInvoke': (payload) => features.target.useInvoke(payload),
    'invokeAsync.setSchema': (event) => features.events.setSchema(event),
    'invokeAsync.ignoreEvent': (event) => features.events.ignoreEvent(event),
    'invokeAsync.invokeSelected': (row) => features.several.invokeSelected(row),
    'invokeAsync.openPayloadToSide': (...given) => features.files.openToSide(...given),
    'invokeAsync.revealPayload': (row) => features.files.reveal(row),
    'invokeAsync.copyPayloadPath': (row) => features.files.copyPath(row),
    'invokeAsync.movePayload': (...given) => features.target.moveToFunction(...given),
    'invokeAsync.duplicatePayload': (...given) => features.files.duplicate(...given),
    'invokeAsync.renamePayload': (row) => features.files.rename(row),
    'invokeAsync.deletePayload': (...given) => features.files.delete(...given),
    'invokeAsync.findDeprecated': () => features.migration.find(),
    'invokeAsync.migrateDeprecated': () => features.migration.replaceAll(),
    'invokeAsync.startLocal': () => localLambda.startByCommand(),
    'invokeAsync.stopLocal': () => localLambda.stop(),
    'invokeAsync.configureLocal': () => features.localConfiguration.configure(),
    'invokeAsync.followLogs': (row) =>
      row instanceof FailedEventRow
        ? features.failed.followLogs(row)
        : features.invocations.followLogs(row),
    'invokeAsync.stopFollowing': (row) => features.invocations.stopFollowing(row),
    'invokeAsync.tailLogs': (about) => features.tails.tail(about),
    'invokeAsync.rerun': (row) => features.reruns.rerun(row),
    'invokeAsync.editAndRerun': (row) => features.reruns.editAndRerun(row),
    'invokeAsync.openLogsInConsole': (row) => features.invocations.openLogsInConsole(row),
    'invokeAsync.openFunctionInConsole': (row) => features.invocations.openFunctionInConsole(row),
    'invokeAsync.openPayload': (row) => features.invocations.openPayload(row),
    'invokeAsync.showInOutput': (row) => features.invocations.showInOutput(row),
    'invokeAsync.removeInvocation': (...given) => features.invocations.remove(...given),
    'invokeAsync.copyRequestId': (row) =>
      row instanceof FailedEventRow
        ? features.failed.copyRequestId(row)
        : features.invocations.copyRequestId(row),
    'invokeAsync.copyAsCli': (row) => features.invocations.copyAsCli(row),
    'invokeAsync.followDurable': (row) => features.durable.follow(row),
    'invokeAsync.stopDurable': (row) => features.durable.stop(row),
    'invokeAsync.copyDurableName': (row) => features.durable.copyName(row),
    'invokeAsync.sendAgainSafely': (row) => features.durable.sendAgainSafely(row),
    'invokeAsync.comparePayloads': (...given) => features.reruns.compare(...given),
    'invokeAsync.filterInvocations': () => askForFilter(filter, ui),
    'invokeAsync.clearFilter': () => filter.set(''),
    'invokeAsync.clearInvocations': (about) =>
      clearInvocations([features.invocations, features.run, features.execution], ui, about),
    'invokeAsync.openExample': () => openExample(ui, memory.ofUser),
    'invokeAsync.sendFile': (given) => features.sendFile.send(given),
    'invokeAsync.sendElements': (given) => features.sendFile.sendElements(given),
    'invokeAsync.pauseRun': (row) => features.run.pause(row),
    'invokeAsync.resumeRun': (row) => features.run.resume(row),
    'invokeAsync.stopRun': (row) => features.run.stop(row),
    'invokeAsync.changeRunRate': (row) => features.run.changeRate(row),
    'invokeAsync.openRejectedLines': (row) => features.run.openRejected(row),
    'invokeAsync.openUnknownLines': (row) => features.run.openUnknown(row),
    'invokeAsync.sendRejectedLines': (row) => features.run.sendRejected(row),
    'invokeAsync.copyRunReport': (row) => features.run.copyReport(row),
    'invokeAsync.deleteRun': (row) => features.run.delete(row),
    'invokeAsync.sendDistributed': (given) => features.distributed.send(given),
    'invokeAsync.cancelUpload': (row) => features.execution.cancelUpload(row),
    'invokeAsync.resumeUpload': (row) => features.execution.resumeUpload(row),
    'invokeAsync.followExecution': (row) => features.execution.follow(row),
    'invokeAsync.changeExecutionConcurrency': (row) => features.execution.changeConcurrency(row),
    'invokeAsync.stopExecution': (row) => features.execution.stop(row),
    'invokeAsync.openExecutionInConsole': (row) => features.execution.openInConsole(row),
    'invokeAsync.collectResults': (row) => features.execution.collect(row),
    'invokeAsync.deleteExecution': (row) => features.execution.delete(row),
    'invokeAsync.showFailedEvents': (about) => features.failed.show(about),
    'invokeAsync.refreshFailedEvents': () => features.failed.refresh(),
    'invokeAsync.closeFailedEvents': () => features.failed.close(),
    'invokeAsync.loadMoreFailedEvents': () => features.failed.more(),
    'invokeAsync.openFailedEvent': (row) => features.failed.open(row),
    'invokeAsync.sendFailedEvents': (...given) => features.failed.send(...given),
    'invokeAsync.sendAllFailedEvents': () => features.failed.sendAll(),
    'invokeAsync.saveEvent': (row) =>
      row instanceof FailedEventRow ? features.failed.save(row) : features.newPayloads.saveEvent(),
    'invokeAsync.compareFailedEvent': (row) => features.failed.compare(row),
    'invokeAsync.deleteFailedEvents': (...given) => features.failed.delete(...given),
  };
}
