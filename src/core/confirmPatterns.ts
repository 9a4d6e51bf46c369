/** The values of `invokeAsync.confirm`, by who set them. */
export interface ConfirmSettings {
  readonly default: readonly string[];
  readonly user?: readonly string[] | undefined;
  /** Of the remote machine or container, of the workspace, of its folder: they come with the files of others. */
  readonly others: readonly (readonly string[] | undefined)[];
}

/**
 * The patterns that ask: those of the user, else the default, and all that others add. What protects the user can only
 * be switched off by them: an empty list of theirs leaves the patterns of others.
 */
export function patternsOf({ default: usual, user, others }: ConfirmSettings): readonly string[] {
  return [...new Set([user ?? usual, ...others].flatMap((patterns) => patterns ?? []))];
}
