/** Something that is tried with an emulator. */
export interface Check {
  readonly name: string;
  /** Rejects when the emulator or we do not do as expected. */
  readonly check: () => Promise<void>;
}
