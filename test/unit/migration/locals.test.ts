import assert from 'node:assert/strict';
import type { Node, QueryMatch } from 'web-tree-sitter';
import { TimeIsUp, TimeLimit } from '../../../src/core/timeLimit';
import { localsOf } from '../../../src/migration/locals';
import { compileScopes, type Grammar } from '../../../src/migration/syntax/scopes';
import { SyntaxFile } from '../../../src/migration/syntaxFile';
import { SyntaxTrees } from '../../../src/migration/syntaxTrees';
import { grammarLoader } from './finder';

/**
 * In each program, `ask(name)` (as the language writes it) asks for the values that may stand behind a name there, and
 * the words after `want` in the comment of its line are the answer: values as they are written, `-` for a binding
 * without a value (a parameter), `none` for a name that is not bound.
 */
const programs: Readonly<Partial<Record<Grammar, string>>> = {
  javascript: `
import { Lambda } from 'a';
const client = 'outer';
function one() {
  const client = 'inner';
  ask(client); // want 'inner'
}
ask(client); // want 'outer'
const two = (client) => ask(client); // want -
{
  let client = 'block';
  ask(client); // want 'block'
}
function three() {
  var v = 1;
  { var v = 2; }
  ask(v); // want 2
}
let late;
function four() { ask(late); } // want - 'late'
late = 'late';
function five(x) {
  let arm = 1;
  if (x) { arm = 2; ask(arm); } else { arm = 3; ask(arm) } // want 2 | 3
  ask(arm); // want 1 2 3
  for (;;) { ask(arm); arm = 4; } // want 1 2 3 4
}
function six() {
  let own = 1;
  own = ask(own); // want 1
}
class A {
  client = 'field of A';
  run() { ask(this.client); const f = () => ask(this.client); } // want 'field of A' | 'field of A'
  other() { return function () { ask(this.client); }; } // want 'loose'
}
class B {
  constructor() { this.client = 'field of B'; }
  run() { ask(this.client); } // want 'field of B'
}
class C extends B {
  run() { ask(this.client); } // want 'field of B'
}
class D extends C {
  run() { ask(this.client); } // want 'field of B'
}
function Old() { this.client = 'loose'; }
const object = {
  client: 'of the object',
  run() { ask(this.client); }, // want 'of the object'
  old: function () { ask(this.client); }, // want 'of the object'
};
try { } catch (error) { ask(error); } // want -
for (const item of []) ask(item); // want -
const { a, b: c } = object;
ask(a); // want -
ask(b); // want none
ask(c); // want -
ask(Lambda); // want -
`,
  typescript: `
import { Lambda, type Other as Alias } from 'a';
import old = require('b');
class A {
  private client: Lambda = 'field of A';
  constructor(private readonly lambda: Lambda, other?: Alias) {
    ask(lambda); // want -
    ask(this.lambda); // want -
    ask(this.other); // want none
  }
  run() { ask(this.client); ask(lambda); } // want 'field of A' | none
}
abstract class B { client = 'field of B'; }
class C extends B { run() { ask(this.client as Lambda); } } // want 'field of B'
const typed: Lambda = 'typed';
ask(typed); // want 'typed'
ask(old); // want -
ask(Other); // want none
ask(Alias); // want -
function generic<T>(value: T = 'default') { ask(value); } // want 'default'
namespace Space { const inner = 'inner'; ask(inner); } // want 'inner'
ask(inner); // want none
`,
  python: `
import boto3, os.path as p
from x import y as z
client = 'outer'
def one():
    client = 'inner'
    ask(client) # want 'inner'
ask(client) # want 'outer' 'global'
def two(client, other: T = 'default', *rest):
    ask(client) # want -
    ask(other) # want 'default'
    ask(rest) # want -
def three():
    global client
    ask(client) # want 'outer'
    client = 'global'
def four(x):
    if x:
        arm = 1
    elif y:
        arm = 2
        ask(arm) # want 2
    else:
        arm = 3
    ask(arm) # want 1 2 3
    for i in x:
        ask(arm) # want 1 2 3 4
        arm = 4
class A:
    shared = 'shared'
    def __init__(self):
        self.client = 'field of A'
    def run(self):
        ask(self.client) # want 'field of A'
        ask(self.shared) # want 'shared'
        ask(shared) # want none
class B:
    def __init__(self, client):
        self.client = 'field of B'
    def run(self, other):
        ask(self.client) # want 'field of B'
        ask(other.client) # want none
class C(A):
    def run(self):
        ask(self.client) # want 'field of A'
with open() as f:
    ask(f) # want open()
ask(boto3) # want -
ask(y) # want none
ask(z) # want -
[ask(n) for n in []] # want -
ask(k=1)
ask(lambda client: client) # want none
`,
  go: `
package p
import l "x"
var client = "outer"
var (
	grouped = "grouped"
)
func one(param *T) {
	ask(client) // want "outer"
	client := "inner"
	ask(client) // want "inner"
	ask(param) // want -
	if client := "if"; client == "" {
		ask(client) // want "if"
	}
	ask(client) // want "inner"
	var arm = 1
	if true {
		arm = 2
		ask(arm) // want 2
	} else {
		arm = 3
	}
	ask(arm) // want 1 2 3
	func() { ask(arm) }() // want 1 2 3
	switch arm {
	case 1:
		client := "case"
		ask(client) // want "case"
	}
	for _, item := range []string{} {
		ask(item) // want -
	}
	ask(l) // want -
}
func two() { ask(client); ask(grouped); ask(later) } // want "outer" | "grouped" | "later"
var later = "later"
func three(t *T) { ask(t.client) } // want none
`,
  java: `
import a.B;
class A {
  private B client = new B("field");
  void one(B param) {
    ask(client); // want new B("field") param
    ask(this.client); // want new B("field") param
    ask(param); // want -
    this.client = param;
    B client = new B("local");
    ask(client); // want new B("local")
    { int x = 1; ask(x); } // want 1
    ask(x); // want none
    int arm = 1;
    if (arm > 0) { arm = 2; ask(arm); } else { arm = 3; } // want 2
    ask(arm); // want 1 2 3
    run(k -> ask(k)); // want -
    try (B r = open()) { ask(r); } catch (Exception e) { ask(e); } // want open() | -
    for (B item : list) ask(item); // want -
  }
  class Inner { void two() { ask(client); } } // want new B("field") param
}
class C extends A { void three() { ask(this.client); } } // want new B("field") param
class D { void four() { ask(client); } } // want none
`,
  'c-sharp': `
using X = A.B;
class A {
  private IB client = new B("field");
  public IB Property { get; set; } = new B("property");
  void One(IB param, int other = 1) {
    ask(client); // want new B("field") param
    ask(this.client); // want new B("field") param
    ask(Property); // want new B("property")
    ask(param); // want -
    this.client = param;
    var local = new B("local");
    ask(local); // want new B("local")
    { int x = 1; ask(x); } // want 1
    ask(x); // want none
    var arm = 1;
    if (arm > 0) { arm = 2; ask(arm); } else { arm = 3; } // want 2
    ask(arm); // want 1 2 3
    run(k => ask(k)); // want -
    using (var r = open()) { ask(r); } // want open()
    foreach (var item in list) ask(item); // want -
    f(out var given); ask(given); // want -
  }
}
class C : A { void Three() { ask(this.client); } } // want new B("field") param
class D { void Four() { ask(client); } } // want none
`,
  php: `<?php
use A\\LambdaClient;
$client = 'outer';
function one($param) {
  ask($client); // want none
  ask($param); // want -
  $client = 'inner';
  ask($client); // want 'inner'
  $f = function () use ($client) { ask($client); }; // want 'inner'
  $g = function () { ask($client); }; // want none
  $h = fn($x) => ask($client); // want 'inner'
  if ($param) { $arm = 1; ask($arm); } else { $arm = 2; } // want 1
  ask($arm); // want 1 2
}
ask($client); // want 'outer' 'global'
function two() { global $client; $client = 'global'; ask($client); } // want 'global'
$shared = 'outer';
function three() { GLOBAL $shared; $shared = 'upper case'; }
$by = function () use (&$shared) { $shared = 'by reference'; };
function four() { $shared = 'own'; echo "$shared"; ask($shared); } // want 'own'
class Own { function run($shared) { ask($shared); } } // want -
ask($shared); // want 'outer' 'upper case' 'by reference'
class A {
  private $client = 'field of A';
  public function __construct(private LambdaClient $promoted) { ask($promoted); } // want -
  function run() {
    ask($this->client); // want 'field of A'
    ask($this->promoted); // want -
    ask($client); // want none
  }
}
class B extends A {
  function run() { ask($this->client); } // want 'field of A'
}
class C {
  function __construct() { $this->client = 'field of C'; }
  function run() { ask($this->client); } // want 'field of C'
}
foreach ($list as $key => $item) { ask($item); } // want -
`,
  ruby: `
client = 'outer'
LIMIT = 1
def one(param, other = 'default', key: 'keyword')
  ask(client) # want none
  ask(LIMIT) # want 1
  ask(param) # want -
  ask(other) # want 'default'
  ask(key) # want 'keyword'
  client = 'inner'
  ask(client) # want 'inner'
  [1].each { |item| ask(client) } # want 'inner'
  [1].each { |item| ask(item) } # want -
  if param then arm = 1 else arm = 2 end
  ask(arm) # want 1 2
end
ask(client) # want 'outer'
class A
  CLIENT = 'constant'
  def initialize
    @client = 'field of A'
  end
  def run
    ask(@client) # want 'field of A'
    ask(CLIENT) # want 'constant'
  end
end
class B
  def run
    @client ||= 'field of B'
    ask(@client) # want 'field of B'
  end
end
class C < A
  def run
    ask(@client) # want 'field of A'
  end
end
`,
  rust: `
use a::{Client, Other as Alias};
static SHARED: T = 1;
fn one(param: &Client) {
    ask(client); // want none
    let client = "first";
    ask(client); // want "first"
    let client = "second";
    ask(client); // want "second"
    ask(param); // want -
    ask(SHARED); // want 1
    { let inner = 1; ask(inner); } // want 1
    ask(inner); // want none
    let mut arm = 1;
    if param { arm = 2; ask(arm); } else { arm = 3; } // want 2
    ask(arm); // want 1 2 3
    if let Some(found) = arm { ask(found); } // want -
    match arm { Some(k) => ask(k), _ => ask(k) } // want - | none
    let f = |x| ask(x); // want -
    for item in list { ask(item); } // want -
    ask(Alias); // want -
    ask(Other); // want none
}
fn two() { ask(client); } // want none
`,
  bash: `
client=outer
one() {
  local client=inner
  ask $client # want inner
}
ask $client # want outer
if x; then
  arm=1
else
  arm=2
fi
ask $arm # want 1 2
`,
  powershell: `
$client = 'outer'
function One($param) {
  ask $param # want -
  $client = 'inner'
  ask $client # want 'inner'
}
ask $client # want 'outer'
`,
};

const trees = new SyntaxTrees(grammarLoader);

async function read(grammar: Grammar, text: string, look: (file: SyntaxFile) => void) {
  const limit = new TimeLimit(60_000);
  const query = compileScopes(await trees.grammar(grammar), grammar);
  await trees.read({ uri: grammar, text, grammar, limit }, (root) =>
    look(new SyntaxFile(text, root, query, limit)),
  );
}

/** The node of the name that `ask` is given: the last one of a chain, without the `$` of a shell. */
function asked(file: SyntaxFile, { start, end }: { start: number; end: number }): Node {
  const node = file.root.descendantForIndex(start, end) ?? file.root;
  return node.type === 'simple_expansion' ? (node.firstNamedChild ?? node) : node;
}

/** What is asked in a line, and what is wanted. */
function* questions(
  text: string,
): Generator<{ at: { start: number; end: number }; line: string; want: string }> {
  let offset = 0;
  for (const line of text.split('\n')) {
    const wants = /(?:#|\/\/) want (.*)$/.exec(line)?.[1]?.split(' | ') ?? [];
    const asks = [...line.matchAll(/ask(?:\(| )(?:[\w$@]+(?:\.|->))*([\w$@]+)/g)];
    for (const [index, want] of wants.entries()) {
      const ask = asks[index];
      const end = offset + (ask?.index ?? 0) + (ask?.[0].length ?? 0);
      yield { at: { start: end - (ask?.[1]?.length ?? 0), end }, line, want };
    }
    offset += line.length + 1;
  }
}

describe('locals', () => {
  for (const [grammar, text] of Object.entries(programs) as [Grammar, string][]) {
    it(`${grammar}: each name has the values that its binding says`, async () => {
      await read(grammar, text, (file) => {
        assert.equal(file.root.hasError, false);
        const answers: string[] = [];
        const wanted: string[] = [];
        for (const { at, line, want } of questions(text)) {
          const values = localsOf(file)
            .valuesAt(asked(file, at))
            .map(({ value }) => value?.text ?? '-');
          answers.push(`${line.trim()} → ${values.join(' ') || 'none'}`);
          wanted.push(`${line.trim()} → ${want}`);
        }
        assert.deepEqual(answers, wanted);
      });
    });
  }
});

class CountingFile extends SyntaxFile {
  queries = 0;

  override matchesAt(...question: Parameters<SyntaxFile['matchesAt']>): QueryMatch[] {
    this.queries++;
    return super.matchesAt(...question);
  }

  /** Of the file or of a part of it. */
  readonly looks: string[] = [];

  override captured(...question: Parameters<SyntaxFile['captured']>): Node[] {
    this.looks.push(question[2] ? 'part' : 'file');
    return super.captured(...question);
  }

  override matchesIn(...question: Parameters<SyntaxFile['matchesIn']>): QueryMatch[] {
    this.looks.push(question[1] ? 'part' : 'file');
    return super.matchesIn(...question);
  }
}

describe('locals: references and free names', () => {
  /** The lines, from 1, of every place that means what the name in a line means. */
  const linesOf = (file: SyntaxFile, name: string, line: number): number[] => {
    const node = file.occurrences(name).find(({ startPosition }) => startPosition.row === line - 1);
    assert.ok(node);
    const locals = localsOf(file);
    const binding = locals.bindingOf(node);
    assert.ok(binding);
    return locals.referencesOf(binding).map(({ startPosition }) => startPosition.row + 1);
  };

  it('finds the places of one binding and no others of its name', async () => {
    const text = [
      "const { Command } = require('sdk');",
      'const make = () => new Command();',
      'function other(Command) { return new Command(); }',
      'const object = { Command, other: object.Command };',
      'class Mine { Command = 1; run() { return this.Command; } }',
      'export { Command };',
    ].join('\n');
    await read('javascript', text, (file) => {
      assert.deepEqual(linesOf(file, 'Command', 1), [1, 2, 4, 6]);
      assert.deepEqual(linesOf(file, 'Command', 3), [3, 3]);
      assert.deepEqual(linesOf(file, 'Command', 5), [5, 5]);
    });
  });

  it('passes over the scopes that mean something else by a name, from their declaration on', async () => {
    const text = [
      'fn one(client: &Client) {',
      '  { let client = client.clone(); client.go(); }',
      '  { let other = |client| client.go(client); }',
      '  client.go();',
      '}',
    ].join('\n');
    await read('rust', text, (file) => {
      assert.deepEqual(linesOf(file, 'client', 1), [1, 2, 4]);
      assert.deepEqual(linesOf(file, 'client', 2), [2, 2]);
      assert.deepEqual(linesOf(file, 'client', 3), [3, 3, 3]);
    });
  });

  it('keeps to itself what a function sees of no other', async () => {
    const php = [
      '<?php',
      '$client = 1; $client->go();',
      'function one($client) { $client->go(); }',
      'function two() { global $client; $client->go(); }',
      'class A { function three() { return function () { $client = 2; }; } }',
      'namespace\\f($client);',
    ].join('\n');
    await read('php', php, (file) => {
      assert.deepEqual(linesOf(file, '$client', 2), [2, 2, 4, 4, 6]);
      assert.deepEqual(linesOf(file, '$client', 3), [3, 3]);
      assert.deepEqual(linesOf(file, '$client', 5), [5]);
    });
    const ruby = [
      'def one(client); client.go; end',
      'client = 1',
      'def two; client = 2; client.go; end',
      'def client; end',
      'client.go',
    ].join('\n');
    await read('ruby', ruby, (file) => {
      assert.deepEqual(linesOf(file, 'client', 1), [1, 1]);
      assert.deepEqual(linesOf(file, 'client', 3), [3, 3]);
    });
  });

  /** A document in which functions have a name to themselves that means something else around them. */
  interface Script {
    readonly first: string;
    readonly own: string;
    readonly last: string;
    readonly name: string;
    /** Edits one after another in the middle of it, each of the next text that is the same. */
    readonly edits: readonly (readonly [from: string, to: string])[];
  }
  const scripts: Partial<Record<Grammar, Script>> = {
    php: {
      first: '<?php\n$client = 1;\n',
      own: 'function f() { $client = 1;\n$client->go(); }\n',
      last: '$client->go();\n',
      name: '$client',
      edits: [
        ['{ $client', '{ global $client; $client'],
        ['global $client; ', ''],
        ['function f() {', 'if (true) {'],
        ['if (true) {', 'class A { function f() {'],
        ['$client->go(); }', '$client->go(); } }'],
        ['function f() { $client = 1;\n$client->go(); }\n', ''],
        ['$client->go()', '$client->go("'],
        ['$client->go("', '$client->go()'],
      ],
    },
    javascript: {
      first: '\nconst client = 1;\n',
      own: 'function f() { const client = 1;\nclient.go(); }\n',
      last: 'client.go();\n',
      name: 'client',
      edits: [
        ['const client', 'const other'],
        ['const other', 'var client'],
        ['function f() {', 'if (true) {'],
        ['if (true) {', 'function f(client) {'],
        ['var client = 1;', 'this.client = client;'],
        ['function f(client)', 'function client()'],
        ['client.go(); }', 'client.go(() => { const client = 2; client(); }); }'],
        ['const client = 2;', 'client = 2;'],
        ['function f() { const client = 1;\nclient.go(); }\n', ''],
        ['client.go()', 'client.go("'],
        ['client.go("', 'client.go()'],
      ],
    },
    python: {
      first: '\nclient = 1\n',
      own: 'def f(client):\n  client.go()\n',
      last: 'client.go()\n',
      name: 'client',
      edits: [
        ['def f(client):', 'def f(other):'],
        ['  client.go()', '  global client; client = 1'],
        ['global client; ', ''],
        ['def f(other)', 'class client'],
        ['def f(client):', 'def f(*, client=client.it):'],
        ['def f(client):\n  client.go()\n', ''],
        ['client.go()', 'client.go("'],
        ['client.go("', 'client.go()'],
      ],
    },
    go: {
      first: 'package p\nvar client = 1\n',
      own: 'func f() { client := 1;\nclient.Go(); }\n',
      last: 'var other = client\n',
      name: 'client',
      edits: [
        ['client := 1', 'var client = client'],
        ['client := 1', 'other := 1'],
      ],
    },
  };

  for (const [grammar, script] of Object.entries(scripts) as [Grammar, Script][]) {
    const { first, own, last, name, edits } = script;
    it(`${grammar}: asks no query about the places of a name in functions that cannot mean it`, async () => {
      const scopes = compileScopes(await trees.grammar(grammar), grammar);
      const queriesOf = async (functions: number) => {
        const text = first + own.repeat(functions) + last;
        const limit = new TimeLimit(60_000);
        return trees.read({ uri: `${functions}`, text, grammar, limit }, (root) => {
          const file = new CountingFile(text, root, scopes, limit);
          assert.deepEqual(linesOf(file, name, 2), [2, 3 + 2 * functions]);
          return file.queries;
        });
      };
      assert.equal(await queriesOf(200), await queriesOf(100));
    });

    it(`${grammar}: knows the functions of a document that changes, and reads them again where it changed`, async () => {
      const scopes = compileScopes(await trees.grammar(grammar), grammar);
      const limit = new TimeLimit(60_000);
      const text = `${first}${own.repeat(60)}${last}`;
      let now = text;
      const linesIn = (uri: string, looks: string[]) =>
        trees.read({ uri, text: now, grammar, limit }, (root, earlier) => {
          const file = new CountingFile(now, root, scopes, limit, earlier);
          const lines = linesOf(file, name, 2);
          looks.push(...file.looks);
          return lines;
        });
      assert.deepEqual(await linesIn('typed', []), [2, 123]);
      for (const [from, to] of edits) {
        const at = now.indexOf(from, text.length / 2 - 200);
        assert.ok(at > 0, from);
        now = now.slice(0, at) + to + now.slice(at + from.length);
        const looks: string[] = [];
        assert.deepEqual(await linesIn('typed', looks), await linesIn(to, []), `${from} → ${to}`);
        if (!to.includes('"') && !from.includes('"')) assert.deepEqual(looks, ['part'], to);
      }
    });
  }

  it('counts a parameter that is a field among the places of both', async () => {
    const text = [
      'class A {',
      '  constructor(private client: Lambda) { client.go(); }',
      '  run() { this.client.go(); }',
      '}',
    ].join('\n');
    await read('typescript', text, (file) => {
      assert.deepEqual(linesOf(file, 'client', 2), [2, 2]);
      assert.deepEqual(linesOf(file, 'client', 3), [2, 3]);
    });
  });

  it('says what is free in the whole file, and what at a place', async () => {
    const text = 'package p\n\nfunc f(types int) { x.aws() }\n\nfunc g() { h() }\n';
    await read('go', text, (file) => {
      const locals = localsOf(file);
      const [inF] = file.occurrences('aws');
      const [inG] = file.occurrences('h');
      assert.ok(inF && inG);
      assert.equal(locals.isFree('types'), false);
      assert.equal(locals.isFree('types', inF), false);
      assert.equal(locals.isFree('types', inG), true);
      assert.equal(locals.isFree('aws'), true, 'a member of something else takes no name');
      assert.equal(locals.isFree('lambdatypes'), true);
    });
  });

  it('knows the class that this means', async () => {
    const text = 'class A { run() { go(); function f() { lost(); } } }\ntop();';
    await read('javascript', text, (file) => {
      const around = (name: string) => {
        const [node] = file.occurrences(name);
        return node && localsOf(file).classAround(node)?.node.type;
      };
      assert.deepEqual(['go', 'lost', 'top'].map(around), [
        'class_declaration',
        undefined,
        undefined,
      ]);
    });
  });

  it('gives up when the time is up, however many places a name has', async () => {
    const text = 'let name = 1;\n' + '{ name(name); }\n'.repeat(20_000);
    const query = compileScopes(await trees.grammar('javascript'), 'javascript');
    const grammar = 'javascript';
    await trees.read({ uri: 'long', text, grammar, limit: new TimeLimit(60_000) }, (root) => {
      const file = new SyntaxFile(text, root, query, new TimeLimit(50));
      assert.throws(() => {
        const [node] = file.occurrences('name');
        if (node) localsOf(file).valuesAt(node);
      }, TimeIsUp);
    });
  });
});
