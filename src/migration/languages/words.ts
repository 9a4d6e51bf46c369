import { manual } from '../manualReasons';
import type { SdkId } from '../rules';
import type { LexicalRules } from '../tokens';

/** A call in a language without a grammar, as the words around it tell it. Reported only. */
interface CallWords {
  readonly sdk: SdkId;
  /** The call; its group is the deprecated name. */
  readonly call: RegExp;
  /** What the file has to name. */
  readonly names?: RegExp;
  /** What has to stand after the call, within `reach` characters, where the file need not name anything. */
  readonly keys?: readonly RegExp[];
}

/** How far after its name the input of a call may stand. */
const reach = 400;

/** The rules of a language whose calls are told by words. */
export function callsByWords(rows: readonly CallWords[]): LexicalRules {
  return {
    worthReading: /nvoke[-_]?[Aa]sync/,
    uses: (file) =>
      rows.flatMap(({ sdk, call, names, keys }) => {
        if (names && !names.test(file.text)) return [];
        return [...file.text.matchAll(call)].flatMap(({ index, 0: match, 1: name = match }) => {
          const start = index + match.lastIndexOf(name);
          const token = file.token(file.indexAt(start));
          // In a comment there is no token.
          if (!token || token.start > start || token.kind === 'string') return [];
          const input = file.text.slice(start, start + reach);
          if (keys && !keys.every((key) => key.test(input))) return [];
          const range = { start, end: start + name.length };
          return { sdk, range, migration: manual.language() };
        });
      }),
  };
}

/** The request of a typed SDK: at the call that it is made in, else where it is made. */
const typedCalls = (sdk: SdkId, names: RegExp): CallWords[] => [
  {
    sdk,
    names,
    call: /\.(invokeAsync(?:Async)?)[ \t]*\(?\s{0,20}(?:new\s{1,20})?InvokeAsyncRequest\b/gi,
  },
  {
    sdk,
    names,
    call: /(?<!invokeAsync(?:Async)?[ \t]{0,4}\(?\s{0,20}(?:new\s{1,20})?)\b(InvokeAsyncRequest)(?=\.?[ \t]*\(|\.\)|\s+With\b)/gi,
  },
];

const javaSdk = typedCalls('java-v1', /com\.amazonaws\.services\.lambda|\bAWSLambda/);
const dotnetSdk = typedCalls('dotnet', /Amazon\.Lambda/);
const inputKeys = [/\bFunctionName\b/, /\bInvokeArgs\b/];

export const scala = callsByWords(javaSdk);
export const groovy = callsByWords(javaSdk);
export const fsharp = callsByWords(dotnetSdk);
export const visualBasic = callsByWords(dotnetSdk);
export const coffeescript = callsByWords([
  { sdk: 'javascript-v2', call: /\.(invokeAsync)\b/g, keys: inputKeys },
  { sdk: 'javascript-v2', names: /\bAWS\b/, call: /\b\w*[lL]ambda\w*(?:\(\))?\.(invokeAsync)\b/g },
  {
    sdk: 'javascript-v3',
    names: /@aws-sdk\/client-lambda/,
    call: /\bnew[ \t]+(InvokeAsyncCommand)\b/g,
  },
]);
export const clojure = callsByWords([
  {
    sdk: 'amazonica',
    names: /amazonica\.aws\.lambda/,
    call: /\((?:[\w.-]+\/)?(invoke-async)(?![\w-])/g,
  },
  {
    sdk: 'amazonica',
    call: /\((?:[\w.-]+\/)?(invoke-async)(?![\w-])/g,
    keys: [/:function-name\b/, /:invoke-args\b/],
  },
  { sdk: 'cognitect', names: /cognitect\.aws/, call: /:op\s{1,20}:(InvokeAsync)\b/g },
  ...javaSdk,
]);
export const r = callsByWords([
  { sdk: 'r-paws', names: /\bpaws(?:\.\w+)?\b/, call: /[$@](invoke_async)[ \t]*\(/g },
  { sdk: 'boto3', names: /\bboto3\b/, call: /\$(invoke_async)[ \t]*\(/g },
]);
export const julia = callsByWords([
  { sdk: 'aws-jl', names: /\bAWS\w*\b/, call: /\bLambda\.(invoke_async)[ \t]*\(/g },
]);
export const dart = callsByWords([
  { sdk: 'dart', names: /package:aws_lambda_api\//, call: /\.(invokeAsync)[ \t]*\(/g },
  { sdk: 'dart', call: /\.(invokeAsync)[ \t]*\(/g, keys: [/\bfunctionName:/, /\binvokeArgs:/] },
]);
export const haskell = callsByWords([
  {
    sdk: 'amazonka',
    names: /\b(?:Amazonka|Network\.AWS)\.Lambda\b/,
    call: /\b((?:newI|i)nvokeAsync)(?=\s{1,20}["$(\w])/g,
  },
]);
export const erlang = callsByWords([
  { sdk: 'erlcloud', call: /\berlcloud_lambda\s{0,20}:\s{0,20}(invoke_async)[ \t]*\(/g },
  { sdk: 'aws-erlang', call: /\baws_lambda\s{0,20}:\s{0,20}(invoke_async)[ \t]*\(/g },
]);
