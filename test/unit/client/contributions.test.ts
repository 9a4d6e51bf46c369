import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  agentTools,
  commandContributions,
  contextKeys,
  mcpProvider,
  rowKinds,
  settingDefaults,
  views,
} from '../../../src/client/contributions';
import { toolDefinitions, type ToolName } from '../../../src/mcp/toolDefinitions';
import { defaultCheckSettings } from '../../../src/protocol/settings';

interface Contributes {
  readonly commands: readonly { readonly command: string; readonly enablement?: string }[];
  readonly configuration: {
    readonly properties: Readonly<
      Record<string, { readonly default: unknown; readonly scope: string }>
    >;
  };
  readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
  readonly viewsWelcome: readonly { readonly view: string }[];
  readonly languageModelTools: readonly Readonly<Record<string, unknown>>[];
  readonly mcpServerDefinitionProviders: readonly { readonly id: string }[];
  readonly submenus: readonly { readonly id: string }[];
}

const packageText = readFileSync('package.json', 'utf8');
const { contributes, capabilities } = JSON.parse(packageText) as {
  readonly contributes: Contributes;
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] };
  };
};

const settings = Object.keys(settingDefaults).map((key) => `invokeAsync.${key}`);
/** What starts like an id, and is none of the editor's contributions. */
const others = [
  // The messages between client and server go by names with a slash; status bar items and the submenu have ids.
  'invokeAsync.connection',
  'invokeAsync.run',
  ...contributes.submenus.map(({ id }) => id),
  mcpProvider,
];
const known = new Set<string>([
  ...Object.keys(commandContributions),
  ...settings,
  ...contextKeys,
  ...views,
  ...others,
]);

describe('the registry of contributions', () => {
  it('has the commands of package.json, in their order', () => {
    assert.deepEqual(
      Object.keys(commandContributions),
      contributes.commands.map(({ command }) => command),
    );
  });

  it('has the settings of package.json with their defaults', () => {
    assert.deepEqual(
      Object.fromEntries(
        Object.values(settingDefaults).map((value, index) => [settings[index], value]),
      ),
      Object.fromEntries(
        Object.entries(contributes.configuration.properties).map(([key, { default: value }]) => [
          key,
          value,
        ]),
      ),
    );
    for (const key of capabilities.untrustedWorkspaces.restrictedConfigurations) {
      assert.ok(settings.includes(key), key);
    }
  });

  it('gives the server the same defaults', () => {
    const flat = (value: object, prefix = ''): [string, unknown][] =>
      Object.entries(value).flatMap(([key, member]): [string, unknown][] =>
        typeof member === 'object' && member !== null && !Array.isArray(member)
          ? flat(member as object, `${prefix}${key}.`)
          : [[prefix + key, member]],
      );
    for (const [key, value] of flat(defaultCheckSettings)) {
      assert.deepEqual(value, settingDefaults[key as keyof typeof settingDefaults], key);
    }
  });

  it('has the views of package.json', () => {
    const contributed = Object.values(contributes.views).flatMap((each) =>
      each.map(({ id }) => id),
    );
    assert.deepEqual([...views], contributed);
  });

  it('has the tools of agents as they are defined, with their titles as words', () => {
    const words = JSON.parse(readFileSync('package.nls.json', 'utf8')) as Record<string, string>;
    assert.deepEqual(agentTools, Object.keys(toolDefinitions));
    assert.deepEqual(
      contributes.languageModelTools,
      Object.entries(toolDefinitions).map(([name, { description, inputSchema }]) => ({
        name: `invokeAsync_${name}`,
        toolReferenceName: `lambda_${name}`,
        displayName: `%tool.${name}.title%`,
        userDescription: `%tool.${name}%`,
        modelDescription: description,
        canBeReferencedInPrompt: true,
        icon: icons[name as ToolName],
        tags: ['aws', 'lambda'],
        inputSchema,
      })),
    );
    for (const [name, { title }] of Object.entries(toolDefinitions)) {
      assert.equal(words[`tool.${name}.title`], title);
    }
    assert.deepEqual(
      contributes.mcpServerDefinitionProviders.map(({ id }) => id),
      [mcpProvider],
    );
  });

  it('lets no workspace allow agents to send', () => {
    const { properties } = contributes.configuration;
    assert.equal(properties['invokeAsync.agents.send']?.scope, 'application');
    assert.equal(properties['invokeAsync.agents.send'].default, false);
  });

  it('knows every kind of row that a menu asks for', () => {
    const kinds = new Set<string>(Object.values(rowKinds).flat());
    const asked = [...packageText.matchAll(/viewItem (?:== (\w+)|=~ \/\\\\b(\w+)\\\\b\/)/g)];
    assert.ok(asked.length > 10);
    for (const [, is, has] of asked) assert.ok(kinds.has(is ?? has ?? ''), is ?? has);
  });

  it('knows every id that package.json, the code, the words and the docs write', () => {
    const texts = [
      'package.json',
      'package.nls.json',
      'package.nls.de.json',
      'README.md',
      ...filesIn('src'),
      ...filesIn('docs').filter((path) => path.endsWith('.md')),
      ...filesIn('l10n'),
    ];
    const unknown = texts.flatMap((path) =>
      [...readFileSync(path, 'utf8').matchAll(/\binvokeAsync\.([\w.]*\w)/g)]
        .map(([id]) => id)
        .filter((id) => !known.has(id) && !isSection(id))
        .map((id) => `${path}: ${id}`),
    );
    assert.deepEqual(unknown, []);
  });
});

const icons: Readonly<Record<ToolName, string>> = {
  list_payloads: '$(list-tree)',
  check_payload: '$(json)',
  find_invoke_async: '$(search)',
  describe_function: '$(pulse)',
  follow_event: '$(sync)',
  explain_outcome: '$(question)',
  send_event: '$(play)',
};

/** A part of the settings, such as `invokeAsync.identifiers`. */
function isSection(id: string): boolean {
  return settings.some((key) => key.startsWith(`${id}.`));
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
