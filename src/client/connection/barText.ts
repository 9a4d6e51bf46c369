import type { Connection } from '../../aws/main';

/** What the status bar tells of. */
export type BarState = { /** Where there are several. */ readonly folder?: string } & (
  | { readonly local: { /** Absent until it starts. */ readonly endpoint: string | undefined } }
  | { readonly connection: Connection }
  | { readonly problem: string; readonly profile: string }
);

export interface BarText {
  readonly text: string;
  /** For screen readers. */
  readonly label: string;
  /** Markdown. */
  readonly tooltip: string;
}

/** The words of the status bar item; pure, so that every sentence can be tested. */
export function barText(state: BarState): BarText {
  const heading = state.folder === undefined ? 'Lambda' : `Lambda, ${escaped(state.folder)}`;
  if ('local' in state) return localText(state.local.endpoint);
  if ('problem' in state) {
    return {
      text: `$(warning) ${state.profile || 'Lambda'}`,
      label: `Lambda: ${state.problem}`,
      tooltip: `${heading}: ${escaped(state.problem)}\n\nClick to select another connection.`,
    };
  }
  const { profile = 'default', region, endpoint } = state.connection;
  const host = endpoint === undefined ? [] : [new URL(endpoint).host];
  const parts = [profile, region, ...host];
  return {
    text: `$(cloud) ${parts.join(' · ')}`,
    label: `Lambda: events go to ${endpoint ?? 'AWS'}, profile ${profile}, region ${region}`,
    tooltip: [
      `${heading}: where events go`,
      `Profile: ${escaped(profile)}${from(state.connection.profileSource)}`,
      `Region: ${region}${from(state.connection.regionSource)}`,
      `Endpoint: ${endpoint === undefined ? 'AWS' : escaped(endpoint)}${from(state.connection.endpointSource)}`,
    ].join('\n\n'),
  };
}

function localText(endpoint: string | undefined): BarText {
  if (endpoint === undefined) {
    return {
      text: '$(vm-outline) Local Lambda',
      label: 'Events go to Local Lambda, which starts with the first one',
      tooltip: 'Events go to Local Lambda, none to AWS. It starts with the first one.',
    };
  }
  return {
    text: '$(vm-running) Local Lambda',
    label: 'Events go to Local Lambda, none to AWS',
    tooltip: `Events go to Local Lambda on \`${endpoint}\`, none to AWS.\n\n[Stop Local Lambda](command:invokeAsync.stopLocal)`,
  };
}

type Source = NonNullable<
  Connection['profileSource'] | Connection['regionSource'] | Connection['endpointSource']
>;

const sources: Record<Source, string> = {
  arn: 'the ARN',
  setting: 'the settings',
  environment: 'the environment',
  profile: 'the profile',
  local: '',
};

function from(source: Source | undefined): string {
  return source === undefined || sources[source] === '' ? '' : ` (from ${sources[source]})`;
}

function escaped(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]()#+!|<>~-]/g, String.raw`\$&`);
}
