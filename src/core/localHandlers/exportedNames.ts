import type { Runtime } from './handlerPath';

/** How a function is exported, with its name as the group. */
const declarations: Readonly<Record<Runtime, readonly RegExp[]>> = {
  node: [
    /^[ \t]*export\s+(?:async\s+)?(?:const|let|var|function\s*\*?)\s+([\w$]+)/gm,
    /\b(?:module\.)?exports\.([\w$]+)\s*=[^=]/g,
  ],
  python: [/^def\s+((?!_)\w+)\s*\(/gm, /^(\w*handler\w*)\s*=[^=]/gim],
};

/** Lists of exported names, as the group. */
const lists = [/\bexport\s*\{([^}]*)\}/g, /\bmodule\.exports\s*=\s*\{([^{}]*)/g];

/** What may export any name. */
const anyName: Readonly<Record<Runtime, RegExp>> = {
  node: /\bexport\s*\*|__exportStar|\bmodule\.exports\s*=|\b(?:Object\.\w+|__export)\(\s*(?:module\.)?exports\b|\bexports\s*\[/,
  python: /\bimport\s*\(?\s*\*|\bglobals\s*\(|\bsetattr\s*\(|\b__getattr__\b/,
};

/** The functions that a module exports, as far as its text shows; each once, in its order. */
export function exportedNames(text: string, runtime: Runtime): string[] {
  const declared = declarations[runtime].flatMap((pattern) =>
    [...text.matchAll(pattern)].map(([, name = '']) => name),
  );
  const listed = runtime === 'node' ? lists.flatMap((pattern) => namesIn(text, pattern)) : [];
  return [...new Set([...declared, ...listed])].filter((name) => name !== '' && name !== 'default');
}

function namesIn(text: string, list: RegExp): string[] {
  return [...text.matchAll(list)].flatMap(([, names = '']) =>
    names
      .split(',')
      .filter((name) => !/^\s*type\s/.test(name))
      .map((name) => /([\w$]+)\s*(?::[^]*)?$/.exec(name)?.[1] ?? ''),
  );
}

/** Where a module exports or declares a name, as far as its text shows. */
export function exportOffset(text: string, name: string, runtime: Runtime): number | undefined {
  const word = name.replaceAll('$', String.raw`\$`);
  const inner = new RegExp(
    String.raw`^(?:async\s+)?(?:function\s*\*?|const|let|var)\s+${word}(?![\w$])`,
    'm',
  );
  const exported = declarations[runtime]
    .flatMap((pattern) => [...text.matchAll(pattern)])
    .find(([, declared]) => declared === name);
  return (exported ?? inner.exec(text))?.index;
}

/** Whether a module can export a name: `false` only when it never says it, nor anything that may mean all names. */
export function mayExport(text: string, name: string, runtime: Runtime): boolean {
  if (anyName[runtime].test(text)) return true;
  const word = name.replaceAll('$', String.raw`\$`);
  return new RegExp(String.raw`(?<![\w$])${word}(?![\w$])`).test(text);
}
