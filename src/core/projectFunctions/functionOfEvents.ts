/**
 * The function that the events of a folder `events` are for: the only one that the project beside the folder declares, as
 * SAM lays out a project. `undefined` where there is none, or more than one.
 * @param payload path or URI of an event's file, separated by `/`
 * @param declared the functions of the workspace with the file that declares each, as the payload's is written
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-getting-started-hello-world.html
 */
export function functionOfEvents<Declared extends { readonly file?: string }>(
  payload: string,
  declared: readonly Declared[],
): Declared | undefined {
  const beside = declared.filter(({ file }) => file && payload.startsWith(eventsBeside(file)));
  // A project may stand in the folder of another one's events.
  const nearest = Math.max(...beside.map(({ file = '' }) => eventsBeside(file).length));
  const [only, ...others] = beside.filter(({ file = '' }) => eventsBeside(file).length === nearest);
  return others.length === 0 ? only : undefined;
}

function eventsBeside(file: string): string {
  return `${file.slice(0, file.lastIndexOf('/') + 1)}events/`;
}
