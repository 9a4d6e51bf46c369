/** Payloads that are wrapped as a whole, and the JSON that is inside. */
export const wrappedPayloads: readonly (readonly [name: string, text: string, inside: string])[] = [
  ['quotes of a shell', `'{"orderId": 1}'`, '{"orderId": 1}'],
  ['quotes of a shell, with blanks around', `\n '[{"a": "it'\\''s"}]' \n`, `[{"a": "it's"}]`],
  ['quotes of bash', `$'{"a": 1}'`, '{"a": 1}'],
  ['quotes of cmd that were not escaped', '"{"a": 1}"', '{"a": 1}'],
  ['backticks', '`{"a": 1}`', '{"a": 1}'],
  ['typographic quotes', '“{"a": 1}”', '{"a": 1}'],
  ['quotes around what has a fault of its own', `'{"a": 1,}'`, '{"a": 1,}'],
  ['quotes around what JavaScript reads', `'{orderId: 1}'`, '{orderId: 1}'],
  ['backslashes', '{\\"a\\": \\"x\\\\ny\\", \\"b\\": [1]}', '{"a": "x\\ny", "b": [1]}'],
  ['backslashes over several lines', '[\n  {\\"a\\": 1}\n]\n', '[\n  {"a": 1}\n]'],
  ['line ends as a log writes them', '{\\n  \\"a\\": \\"\\u00e9\\"\\n}', '{\n  "a": "é"\n}'],
  ['quotes and backslashes', `'{\\"a\\": 1}'`, '{"a": 1}'],
  ['the escapes of PowerShell', '"{`"a`": 1}"', '{"a": 1}'],
  ['the escapes of cmd', '{^"a^": ^"b^&c^"}', '{"a": "b&c"}'],
  ['doubled quotes', '"{""a"": """"}"', '{"a": ""}'],
  ['Base64', 'eyJvcmRlcklkIjogMX0=\n', '{"orderId": 1}'],
  ['Base64 of several lines', 'eyJvcm\r\nRlcklkIjogMX0=', '{"orderId": 1}'],
  ['Base64 for URLs', 'eyJhIjoi8J-YgD8_In0', '{"a":"😀??"}'],
];

/** Strings that hold JSON: Lambda accepts them. */
export const encodedPayloads: typeof wrappedPayloads = [
  ['JSON', '"{\\"orderId\\": 1}"', '{"orderId": 1}'],
  ['JSON, with blanks', ' "\\n[1]\\n" ', '[1]'],
  ['Base64 of JSON', '"eyJvcmRlcklkIjogMX0="', '{"orderId": 1}'],
];

/** What only looks like a wrapped payload, or like a string that holds one. */
export const unwrappedPayloads: readonly string[] = [
  `'hello'`,
  `'{"a": 1}`,
  `'{'`,
  '{"a": "\\"b\\""}',
  '{"body": "{\\"a\\": 1}"}',
  '["{\\"a\\": 1}"]',
  '"hello"',
  '"{}}"',
  '"1"',
  '"true"',
  '"eyJhIjox"',
  'eyJhIjox',
  'deadbeef',
  'eyJhIjog/w==',
  '12345678',
  'null',
  '[1, 2',
  '',
];
