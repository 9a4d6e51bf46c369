/** Queries of tree-sitter, which the bundler loads as text. */
declare module '*.scm' {
  const query: string;
  export default query;
}
