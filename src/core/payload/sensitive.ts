import { walkJson } from './walk';

/** What an event may hold that does not belong into a file which is committed. */
export interface SensitiveValue {
  readonly kind: 'secret' | 'personal';
  /** The key that names it; empty for an item or a bare value. */
  readonly key: string;
}

/** Nobody reads more. */
const mostFound = 5;

/** In UTF-16 units; what is longer is no name, address or token. */
const longestValue = 20_000;

const secretKey =
  /pass(?:word|wd|phrase|code)|secret|authorization|api[-_]?key|private[-_]?key|credential|^cookie$|set-cookie|(?:access|auth|bearer|id|refresh|security|session)[-_]?token|^token$|^cvv2?$|^cvc$|^pin$/i;
const personalKey =
  /e[-_]?mail|phone|^mobile$|^(?:ssn|iban|bic)$|social[-_]?security|(?:birth|born)|passport|(?:first|last|full|given|family|sur)[-_]?name|(?:credit|debit)[-_]?card|card[-_]?number|tax[-_]?(?:id|number)|^(?:street|postcode|zip)$|postal[-_]?code/i;

const secretValue =
  /^(?:A[KS]IA[0-9A-Z]{16}|gh[pousr]_\w{20,}|xox[abprs]-[\w-]{10,}|sk-[\w-]{20,}|eyJ[\w-]{5,}\.eyJ[\w-]{5,}\.[\w-]*|Bearer \S{8,}|Basic \S{8,}|-----BEGIN [A-Z ]*PRIVATE KEY-----)/;
const personalValue = /^[^\s@"]{1,64}@[^\s@"]{1,255}\.[A-Za-z]{2,24}$/;

/**
 * Keys and values that look like secrets or personal data, up to five of them; a guess, made to be shown. One pass.
 * @param text JSON that JSON.parse accepts
 */
export function sensitiveValues(text: string): SensitiveValue[] {
  const found = new Map<string, SensitiveValue>();
  let key = '';
  walkJson(text, {
    open() {
      key = '';
    },
    close() {
      key = '';
    },
    key(start, end) {
      key = String(JSON.parse(text.slice(start, end)));
    },
    scalar(start, end) {
      if (found.size === mostFound) return;
      const kind = kindOf(key, end - start > longestValue ? '"…"' : text.slice(start, end));
      if (kind) found.set(`${kind} ${key}`, { kind, key });
    },
  });
  return [...found.values()];
}

/** @param value as JSON writes it */
function kindOf(key: string, value: string): SensitiveValue['kind'] | undefined {
  // Nothing is given away by a key without a value, or by a flag.
  if (['""', 'null', 'true', 'false'].includes(value)) return undefined;
  const text = value.startsWith('"') ? value.slice(1, -1) : '';
  if (secretKey.test(key) || secretValue.test(text) || isCardNumber(value)) return 'secret';
  return personalKey.test(key) || personalValue.test(text) ? 'personal' : undefined;
}

/** 13 to 19 digits with a right check digit (Luhn). */
function isCardNumber(value: string): boolean {
  const digits = value.replaceAll(/[" -]/g, '');
  if (!/^[3-6]\d{12,18}$/.test(digits)) return false;
  const sum = Array.from(digits)
    .toReversed()
    .reduce((total, digit, index) => {
      const doubled = Number(digit) * (index % 2 === 0 ? 1 : 2);
      return total + (doubled > 9 ? doubled - 9 : doubled);
    }, 0);
  return sum % 10 === 0;
}
