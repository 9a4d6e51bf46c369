/**
 * What a handler that reads a number as an IEEE 754 double gets instead of the number as written.
 * @param literal a JSON number, or a word that begins like one
 * @returns the shortest text of what it gets, or `undefined` when it gets the same number
 */
export function changedNumber(literal: string): string | undefined {
  if (isSafelyShort(literal)) return undefined;
  const read = String(Number(literal));
  // Of a faulty text also words come here, such as a date without quotes.
  if (read === 'NaN') return undefined;
  return read === literal || decimal(read) === decimal(literal) ? undefined : read;
}

/** Every decimal of up to 15 digits survives the way through a double, unless an exponent takes it out of range. */
function isSafelyShort(literal: string): boolean {
  return literal.length <= 15 && !/e/i.test(literal);
}

/** One spelling for each decimal value: its digits without leading and trailing zeros, and the exponent of the last. */
function decimal(literal: string): string {
  const [mantissa = '', exponent = '0'] = literal.toLowerCase().replace(/^-/, '').split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  const digits = (whole + fraction).replace(/^0+/, '');
  const significant = withoutTrailingZeros(digits);
  if (significant === '') return '0';
  return `${significant}e${Number(exponent) - fraction.length + digits.length - significant.length}`;
}

/** A loop, because the pattern `0+$` takes quadratic time on long rows of zeros. */
function withoutTrailingZeros(digits: string): string {
  let end = digits.length;
  while (digits[end - 1] === '0') end--;
  return digits.slice(0, end);
}
