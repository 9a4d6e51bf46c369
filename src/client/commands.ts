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
  const {
    invoker,
    invoke,
    several,
    target,
    events,
    newPayloads,
    files,
    testEvents,
    reruns,
    invocations,
    tails,
    durable,
    sendFile,
    run,
    distributed,
    execution,
    connection,
    localConfiguration,
    debugPayload,
    migration,
    failed,
    environments,
    destinations,
  } = createFeatures(activated, memory, drawn);

  let agentTools: Promise<EditorTools> | undefined;
  const loadAgentTools = async () => {
    const { EditorTools } = await import('./agents/editorTools');
    return new EditorTools({ targets, environments, destinations, invoker }, dist, ui);
  };

  return {
    taskRun: new InvokeTaskRun(invoker, logFollower),
    agentTools: async () => (agentTools ??= loadAgentTools()),
    'invokeAsync.invoke': (...given) => several.oneOrAll((one) => invoke.invoke(one), {}, ...given),
    'invokeAsync.invokeEvent': (...given) =>
      several.oneOrAll((one) => invoke.invokeEvent(one), { api: 'Invoke' }, ...given),
    'invokeAsync.invokeAndWait': (given) => invoke.invokeAndWait(given),
    'invokeAsync.debugPayload': (given) => debugPayload.debug(given),
    'invokeAsync.invokeAgain': () => invoker.invokeAgain(),
    'invokeAsync.dryRun': (...given) =>
      several.oneOrAll((one) => invoke.dryRun(one), { api: 'Invoke', dryRun: true }, ...given),
    'invokeAsync.selectConnection': () => connection.select(),
    'invokeAsync.selectEnvironment': () => environments.select(),
    'invokeAsync.showOutput': () => ui.output.show(),
    'invokeAsync.newPayload': (row) => newPayloads.newPayload(row),
    'invokeAsync.savePayload': () => newPayloads.saveSelection(),
    'invokeAsync.sendSelection': () => invoke.sendSelection(),
    'invokeAsync.importTestEvents': (row) => testEvents.import(row),
    'invokeAsync.shareTestEvent': (row) => testEvents.share(row),
    'invokeAsync.setTarget': (...given) => target.setTarget(...given),
    'invokeAsync.invokeAll': (...given) => several.invokeAll(...given),
    'invokeAsync.invokeHovered': (place) => invoke.invokeHovered(place),
    'invokeAsync.invokeFunction': (about) => invoke.invokeFunction(about),
    'invokeAsync.useInvoke': (payload) => target.useInvoke(payload),
    'invokeAsync.setSchema': (event) => events.setSchema(event),
    'invokeAsync.ignoreEvent': (event) => events.ignoreEvent(event),
    'invokeAsync.invokeSelected': (row) => several.invokeSelected(row),
    'invokeAsync.openPayloadToSide': (...given) => files.openToSide(...given),
    'invokeAsync.revealPayload': (row) => files.reveal(row),
    'invokeAsync.copyPayloadPath': (row) => files.copyPath(row),
    'invokeAsync.movePayload': (...given) => target.moveToFunction(...given),
    'invokeAsync.duplicatePayload': (...given) => files.duplicate(...given),
    'invokeAsync.renamePayload': (row) => files.rename(row),
    'invokeAsync.deletePayload': (...given) => files.delete(...given),
    'invokeAsync.findDeprecated': () => migration.find(),
    'invokeAsync.migrateDeprecated': () => migration.replaceAll(),
    'invokeAsync.startLocal': () => localLambda.startByCommand(),
    'invokeAsync.stopLocal': () => localLambda.stop(),
    'invokeAsync.configureLocal': () => localConfiguration.configure(),
    'invokeAsync.followLogs': (row) =>
      row instanceof FailedEventRow ? failed.followLogs(row) : invocations.followLogs(row),
    'invokeAsync.stopFollowing': (row) => invocations.stopFollowing(row),
    'invokeAsync.tailLogs': (about) => tails.tail(about),
    'invokeAsync.rerun': (row) => reruns.rerun(row),
    'invokeAsync.editAndRerun': (row) => reruns.editAndRerun(row),
    'invokeAsync.openLogsInConsole': (row) => invocations.openLogsInConsole(row),
    'invokeAsync.openFunctionInConsole': (row) => invocations.openFunctionInConsole(row),
    'invokeAsync.openPayload': (row) => invocations.openPayload(row),
    'invokeAsync.showInOutput': (row) => invocations.showInOutput(row),
    'invokeAsync.removeInvocation': (...given) => invocations.remove(...given),
    'invokeAsync.copyRequestId': (row) =>
      row instanceof FailedEventRow ? failed.copyRequestId(row) : invocations.copyRequestId(row),
    'invokeAsync.copyAsCli': (row) => invocations.copyAsCli(row),
    'invokeAsync.followDurable': (row) => durable.follow(row),
    'invokeAsync.stopDurable': (row) => durable.stop(row),
    'invokeAsync.copyDurableName': (row) => durable.copyName(row),
    'invokeAsync.sendAgainSafely': (row) => durable.sendAgainSafely(row),
    'invokeAsync.comparePayloads': (...given) => reruns.compare(...given),
    'invokeAsync.filterInvocations': () => askForFilter(filter, ui),
    'invokeAsync.clearFilter': () => filter.set(''),
    'invokeAsync.clearInvocations': (about) =>
      clearInvocations([invocations, run, execution], ui, about),
    'invokeAsync.openExample': () => openExample(ui, memory.ofUser),
    'invokeAsync.sendFile': (given) => sendFile.send(given),
    'invokeAsync.sendElements': (given) => sendFile.sendElements(given),
    'invokeAsync.pauseRun': (row) => run.pause(row),
    'invokeAsync.resumeRun': (row) => run.resume(row),
    'invokeAsync.stopRun': (row) => run.stop(row),
    'invokeAsync.changeRunRate': (row) => run.changeRate(row),
    'invokeAsync.openRejectedLines': (row) => run.openRejected(row),
    'invokeAsync.openUnknownLines': (row) => run.openUnknown(row),
    'invokeAsync.sendRejectedLines': (row) => run.sendRejected(row),
    'invokeAsync.copyRunReport': (row) => run.copyReport(row),
    'invokeAsync.deleteRun': (row) => run.delete(row),
    'invokeAsync.sendDistributed': (given) => distributed.send(given),
    'invokeAsync.cancelUpload': (row) => execution.cancelUpload(row),
    'invokeAsync.resumeUpload': (row) => execution.resumeUpload(row),
    'invokeAsync.followExecution': (row) => execution.follow(row),
    'invokeAsync.changeExecutionConcurrency': (row) => execution.changeConcurrency(row),
    'invokeAsync.stopExecution': (row) => execution.stop(row),
    'invokeAsync.openExecutionInConsole': (row) => execution.openInConsole(row),
    'invokeAsync.collectResults': (row) => execution.collect(row),
    'invokeAsync.deleteExecution': (row) => execution.delete(row),
    'invokeAsync.showFailedEvents': (about) => failed.show(about),
    'invokeAsync.refreshFailedEvents': () => failed.refresh(),
    'invokeAsync.closeFailedEvents': () => failed.close(),
    'invokeAsync.loadMoreFailedEvents': () => failed.more(),
    'invokeAsync.openFailedEvent': (row) => failed.open(row),
    'invokeAsync.sendFailedEvents': (...given) => failed.send(...given),
    'invokeAsync.sendAllFailedEvents': () => failed.sendAll(),
    'invokeAsync.saveEvent': (row) =>
      row instanceof FailedEventRow ? failed.save(row) : newPayloads.saveEvent(),
    'invokeAsync.compareFailedEvent': (row) => failed.compare(row),
    'invokeAsync.deleteFailedEvents': (...given) => failed.delete(...given),
  };
}
