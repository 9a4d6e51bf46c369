/** Where files that name functions are looked for in a workspace folder, as globs of the editor. */
export const projectFiles = {
  include: [
    '**/{template,serverless,sam,cloudformation,stack}.{yaml,yml,json}',
    '**/*.template.{yaml,yml,json}',
    '**/*.tf',
  ],
  exclude: '**/{node_modules,.git,.terraform,.aws-sam,.serverless,dist,vendor,venv,.venv}/**',
} as const;

/** What a file of each kind surely holds when it declares a function; the first kind whose path matches holds. */
const kinds = [
  { path: /\.tf$/, text: /\baws_lambda_function\b|\bterraform-aws-modules\/lambda\// },
  { path: /(?:^|\/)serverless\.\w+$/, text: /\bfunctions\b/ },
  { path: /\.(?:ya?ml|json)$/, text: /AWS::(?:Lambda|Serverless)::Function\b/ },
];

/**
 * Whether a file may declare functions: in no time, and never `false` where it does.
 * @param path of the file, separated by `/`, or its URI
 */
export function mayDeclareFunctions(path: string, text: string): boolean {
  return kinds.find((kind) => kind.path.test(path))?.text.test(text) ?? false;
}
