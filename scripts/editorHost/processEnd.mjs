import { constants } from 'node:os';

/** @type {Set<() => void>} */
const actions = new Set();
/** @type {NodeJS.Signals[]} */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a synchronous action when this process ends, also by a signal, which would otherwise skip every `exit`
 * listener.
 *
 * @param {() => void} action
 * @returns {() => void} takes the action back
 */
export function onProcessEnd(action) {
  listen();
  actions.add(action);
  return () => void actions.delete(action);
}

let listening = false;

function listen() {
  if (listening) return;
  listening = true;
  process.once('exit', () => {
    for (const action of actions) action();
  });
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      // Whoever else listens decides when to end.
      if (process.listenerCount(signal) === 1) process.exit(128 + constants.signals[signal]);
    });
  }
}
