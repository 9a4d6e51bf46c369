import { l10n } from 'vscode';

// Stands in for `@vscode/l10n` in the bundles of the extension host (see esbuild.mjs): the editor has loaded the words.
export const t = l10n.t.bind(l10n);
