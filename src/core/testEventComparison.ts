import { eventName, fileNames } from './testEventNames';
import { isSameJson, type TestEvent } from './testEvents';

/** A payload file of the function. */
export interface LocalEvent {
  /** Of the file, without `.json`. */
  readonly file: string;
  readonly text: string;
}

/** An event on both sides, or on one of them. */
export type ComparedEvent = { readonly name: string } & (
  | { readonly kind: 'same' | 'different'; readonly here: LocalEvent; readonly there: TestEvent }
  | { readonly kind: 'hereOnly'; readonly here: LocalEvent }
  /** `file` is `undefined` for a name that no file system takes. */
  | { readonly kind: 'thereOnly'; readonly there: TestEvent; readonly file: string | undefined }
);

/** Compares the payload files of a function with its test events: those there in their order, then those here only. */
export function compareTestEvents(
  here: readonly LocalEvent[],
  there: readonly TestEvent[],
): ComparedEvent[] {
  const files = fileNames(there.map(({ name }) => name));
  const byFile = new Map(here.map((local) => [local.file, local]));
  const compared = there.map((event): ComparedEvent => {
    const { name } = event;
    const file = files.get(name);
    const local = file === undefined ? undefined : byFile.get(file);
    if (!local) return { kind: 'thereOnly', name, there: event, file };
    byFile.delete(local.file);
    const kind = isSameJson(local.text, event.text) ? 'same' : 'different';
    return { kind, name, here: local, there: event };
  });
  const others = [...byFile.values()].map(
    (local): ComparedEvent => ({ kind: 'hereOnly', name: eventName(local.file), here: local }),
  );
  return [...compared, ...others];
}
