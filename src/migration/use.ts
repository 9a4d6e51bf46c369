import type { Problem, TextEdit, TextRange } from '../core/problem';
import type { DeprecationCode, SdkId } from './rules';

/** One use as a language's rules find it. */
export interface Use {
  readonly sdk: SdkId;
  /** `deprecated.invoke-async` unless it says otherwise. */
  readonly code?: DeprecationCode;
  /** Exactly the deprecated name, the part to strike through. */
  readonly range: TextRange;
  readonly migration: Migration | ManualReason;
}

/** The certain way from InvokeAsync to Invoke for one use. */
export interface Migration {
  readonly edits: readonly TextEdit[];
  readonly shared?: readonly SharedChange[];
}

/** Why there is no certain way, and what to do, in words that follow "Not replaced automatically: ". */
export interface ManualReason {
  readonly manualReason: string;
}

/**
 * A change that several uses share, above all of an import: which edits it takes depends on whether the uses
 * that are being fixed are the last ones that need the old name.
 */
export interface SharedChange {
  /** Every place in the file that needs the old name. */
  readonly needs: readonly TextRange[];
  /** When each of these places is edited. */
  readonly whenAll: readonly TextEdit[];
  /** When some of them stay. */
  readonly whenSome: readonly TextEdit[];
}

/** A problem that knows its whole migration, so that the fixes of several uses can be put together (`fixAll`). */
export interface DeprecatedUse extends Problem {
  readonly code: DeprecationCode;
  readonly sdk: SdkId;
  readonly migration?: Migration;
}
