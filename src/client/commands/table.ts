import type { Services } from '../services';
import { invoke, invokeAgain, invokeEvent } from './invoke';
import { startLocal, stopLocal } from './local';

/** What a command does, given what the extension has and the argument that the editor passes. */
export type Command = (services: Services, argument?: unknown) => unknown;

/** Every command, by its id in package.json. */
export const commandTable: Readonly<Record<string, Command>> = {
  'invokeAsync.invoke': invoke,
  'invokeAsync.invokeEvent': invokeEvent,
  'invokeAsync.invokeAgain': invokeAgain,
  'invokeAsync.showOutput': ({ output }) => output.show(true),
  'invokeAsync.startLocal': startLocal,
  'invokeAsync.stopLocal': stopLocal,
};
