const kilobyte = 1024;
const megabyte = 1024 * kilobyte;

/**
 * The largest file of each kind that is read, in bytes: workspaces hold the files of others, and each of these is read
 * without being asked for. What is larger is skipped, and whoever wonders about it is told.
 */
export const fileLimitBytes = {
  /** `.lambda/targets.json`: some 2,000 targets. It is parsed with each key that is typed in it. */
  targets: 256 * kilobyte,
  /** `.lambda/local.json`. */
  local: megabyte,
  /** A file that may export handlers of Local Lambda. */
  handler: 512 * kilobyte,
  /** A `.gitignore`, or another ignore file of git. */
  gitIgnore: 512 * kilobyte,
  /** A template or configuration that may name functions: YAML takes some milliseconds for a kilobyte. */
  project: 256 * kilobyte,
  /** A JSON Schema. */
  schema: 4 * megabyte,
  /** A file that may hold a use of InvokeAsync. */
  source: 4 * megabyte,
  /** A payload: as much as any call of Lambda takes. */
  payload: 6 * megabyte,
  /** A JSON array whose elements are events: read by a process of its own, when the user sends it. */
  array: 64 * megabyte,
} as const;
