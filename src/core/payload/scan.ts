import * as l10n from '@vscode/l10n';
import { insert, replace } from '../edits';
import type { Fix, Problem } from '../problem';
import { shortened } from '../shortened';
import { readForeignBlank } from './blanks';
import { readString } from './strings';
import { deletion, syntaxProblem, type Token } from './token';
import type { JsonVisitor } from './walk';
import { readWord } from './words';

/** Nobody reads more, and an editor chokes on them. */
export const problemLimit = 100;

/**
 * Reads a text as JSON in one pass, without recursion, and goes on after each fault as the writer most likely meant it.
 * @param limit of errors: it reads no further
 * @returns up to `limit` errors and as many warnings, in no certain order; no error among them means that JSON.parse
 * accepts the text
 */
export function scanJson(text: string, visitor: JsonVisitor, limit = problemLimit): Problem[] {
  return new Scan(text, visitor, limit).run();
}

const tab = 0x09;
const lineFeed = 0x0a;
const verticalTab = 0x0b;
const formFeed = 0x0c;
const carriageReturn = 0x0d;
const space = 0x20;
const doubleQuote = 0x22;
const comma = 0x2c;
const slash = 0x2f;
const colon = 0x3a;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

const enum Expect {
  Value,
  Key,
  Colon,
  Separator,
  Nothing,
}

class Scan {
  readonly #problems: Problem[] = [];
  #errors = 0;
  #warnings = 0;
  /** Offsets of the brackets that are open, the innermost last. */
  readonly #open: number[] = [];
  #at = 0;
  #expect: Expect = Expect.Value;
  /** Offset of the comma that was just read; -1 when the last token was another. */
  #commaAt = -1;
  /** Offset of the key whose value is still to come; -1 when there is none. */
  #keyAt = -1;
  /** Offset after the last token. */
  #lastEnd = 0;

  constructor(
    readonly text: string,
    readonly visitor: JsonVisitor,
    readonly limit: number,
  ) {}

  run(): Problem[] {
    while (this.#errors < this.limit) {
      const code = this.#nextCode();
      if (code === undefined) {
        this.#finish();
        break;
      }
      if (this.#expect === Expect.Nothing) {
        this.#textAfterTheEnd();
        break;
      }
      this.#token(code);
      this.#lastEnd = this.#at;
    }
    return this.#problems;
  }

  /** Moves to the next token and returns its first code unit; `undefined` at the end of the text. */
  #nextCode(): number | undefined {
    for (;;) {
      const code = this.text.charCodeAt(this.#at);
      if (code === space || code === lineFeed || code === carriageReturn || code === tab)
        this.#at++;
      else if (Number.isNaN(code)) return undefined;
      else if (!mayBeginForeignBlank(code)) return code;
      else {
        const blank = readForeignBlank(this.text, this.#at);
        if (blank === undefined) return code;
        this.#take(blank);
      }
    }
  }

  #token(code: number): void {
    switch (code) {
      case openBrace:
      case openBracket:
        return this.#openBracket(code);
      case closeBrace:
      case closeBracket:
        return this.#closeBracket(code);
      case comma:
        return this.#comma();
      case colon:
        return this.#colon();
      default:
        return this.#keyOrScalar(code);
    }
  }

  #openBracket(code: number): void {
    this.#beforeValue();
    const start = this.#at++;
    if (this.#expect === Expect.Key) {
      this.#fault(
        l10n.t('A key in double quotes and a colon are missing before this value.'),
        start,
        this.#at,
        {
          title: l10n.t('Insert a key'),
          edits: [insert(start, '"": ')],
        },
      );
    }
    this.#open.push(start);
    this.#expect = code === openBrace ? Expect.Key : Expect.Value;
    this.#commaAt = -1;
    this.#keyAt = -1;
    this.visitor.open(start);
  }

  #closeBracket(code: number): void {
    const start = this.#at++;
    if (this.#open.length === 0) {
      return this.#fault(
        l10n.t('This bracket has no matching opening bracket.'),
        start,
        this.#at,
        deletion(l10n.t('Delete the bracket'), start, this.#at),
      );
    }
    this.#endOfMembers();
    const right = this.#isInObject() ? closeBrace : closeBracket;
    if (code !== right) {
      const newText = String.fromCharCode(right);
      const message = l10n.t('Expected {0} to close the open bracket.', newText);
      this.#fault(message, start, this.#at, {
        title: l10n.t('Replace with {0}', newText),
        edits: [replace({ start, end: this.#at }, newText)],
      });
    }
    this.#open.pop();
    this.visitor.close(this.#at);
    this.#afterValue();
  }

  #comma(): void {
    const start = this.#at++;
    const extra = this.#expect === Expect.Key || (this.#expect === Expect.Value && this.#keyAt < 0);
    if (extra) {
      return this.#fault(l10n.t('There is nothing before this comma.'), start, this.#at, {
        ...deletion(l10n.t('Delete the comma'), start, this.#at),
        preferred: true,
      });
    }
    this.#missingValue();
    this.#expect = this.#isInObject() ? Expect.Key : Expect.Value;
    this.#commaAt = start;
  }

  #colon(): void {
    const start = this.#at++;
    if (this.#expect === Expect.Key) {
      this.#fault(l10n.t('A key in double quotes is missing before this colon.'), start, this.#at, {
        title: l10n.t('Insert a key'),
        edits: [insert(start, '""')],
      });
      this.#keyAt = start;
    } else if (this.#expect === Expect.Separator) {
      this.#fault(l10n.t('Expected a comma, not a colon.'), start, this.#at, {
        title: l10n.t('Replace with a comma'),
        edits: [replace({ start, end: this.#at }, ',')],
      });
    } else if (this.#expect === Expect.Value) {
      return this.#fault(
        l10n.t('Expected a value, not a colon.'),
        start,
        this.#at,
        deletion(l10n.t('Delete the colon'), start, this.#at),
      );
    }
    this.#expect = Expect.Value;
    this.#commaAt = -1;
  }

  #keyOrScalar(code: number): void {
    this.#beforeValue();
    const start = this.#at;
    const isKey = this.#expect === Expect.Key;
    const errorsBefore = this.#errors;
    this.#take(
      code === doubleQuote
        ? readString(this.text, start, isKey)
        : readWord(this.text, start, isKey),
    );
    this.#commaAt = -1;
    if (!isKey) {
      this.visitor.scalar(start, this.#at);
      return this.#afterValue();
    }
    if (this.#errors === errorsBefore) this.visitor.key(start, this.#at);
    this.#keyAt = start;
    this.#expect = Expect.Colon;
  }

  /** Reports the comma or colon that is missing before a value or key, and goes on as if it stood there. */
  #beforeValue(): void {
    if (this.#expect === Expect.Separator) {
      this.#missingMark(',', l10n.t('A comma is missing before this.'), l10n.t('Insert a comma'));
      this.#expect = this.#isInObject() ? Expect.Key : Expect.Value;
    } else if (this.#expect === Expect.Colon) {
      this.#missingMark(':', l10n.t('A colon is missing before this.'), l10n.t('Insert a colon'));
      this.#expect = Expect.Value;
    }
  }

  #afterValue(): void {
    this.#expect = this.#open.length === 0 ? Expect.Nothing : Expect.Separator;
    this.#commaAt = -1;
    this.#keyAt = -1;
  }

  #finish(): void {
    const { length } = this.text;
    if (this.#open.length > 0) {
      this.#endOfMembers();
      const closers = this.#open
        .toReversed()
        .map((at) => (this.text[at] === '{' ? '}' : ']'))
        .join('');
      const innermost = this.#open.at(-1) ?? 0;
      this.#fault(
        l10n.t('This bracket is never closed: {0} is missing at the end.', shortened(closers, 10)),
        innermost,
        innermost + 1,
        {
          title: l10n.t('Append {0}', shortened(closers, 10)),
          edits: [insert(length, closers)],
        },
      );
    } else if (this.#expect === Expect.Value) {
      this.#fault(l10n.t('The payload is empty. The smallest event is {0}.', '{}'), 0, length, {
        title: l10n.t('Insert {0}', '{}'),
        edits: [insert(length, '{}')],
        preferred: true,
      });
    }
  }

  #textAfterTheEnd(): void {
    const end = this.text.trimEnd().length;
    const message = l10n.t('A payload is a single JSON value, which ends before this.');
    this.#fault(
      message,
      this.#at,
      end,
      deletion(l10n.t('Delete the text after the payload'), this.#at, end),
    );
  }

  /** What may be wrong before the end of an object or array: a key without a value, a comma. */
  #endOfMembers(): void {
    this.#missingValue();
    if (this.#commaAt >= 0) {
      const end = this.#commaAt + 1;
      const fix = { ...deletion(l10n.t('Delete the comma'), this.#commaAt, end), preferred: true };
      this.#fault(l10n.t('JSON does not allow trailing commas.'), this.#commaAt, end, fix);
    }
  }

  #missingValue(): void {
    if (this.#keyAt < 0) return;
    const newText = this.#expect === Expect.Colon ? ': null' : ' null';
    this.#fault(l10n.t('This key has no value.'), this.#keyAt, this.#lastEnd, {
      title: l10n.t('Insert {0}', 'null'),
      edits: [insert(this.#lastEnd, newText)],
    });
    this.#keyAt = -1;
  }

  #missingMark(newText: string, message: string, title: string): void {
    const fix = { title, edits: [insert(this.#lastEnd, newText)], preferred: true };
    this.#fault(message, this.#at, this.#at + 1, fix);
  }

  #isInObject(): boolean {
    const start = this.#open.at(-1);
    return start !== undefined && this.text.charCodeAt(start) === openBrace;
  }

  #take(token: Token): void {
    this.#at = token.end;
    for (const problem of token.problems) this.#report(problem);
  }

  #fault(message: string, start: number, end: number, fix: Fix): void {
    this.#report(syntaxProblem(message, { start, end }, fix));
  }

  #report(problem: Problem): void {
    const isError = problem.severity === 'error';
    const count = isError ? this.#errors++ : this.#warnings++;
    if (count < this.limit) this.#problems.push(problem);
  }
}

/** A comment, or anything beyond ASCII and the control characters that other notations take for blanks. */
function mayBeginForeignBlank(code: number): boolean {
  return code === slash || code > 0x7e || code === verticalTab || code === formFeed;
}
