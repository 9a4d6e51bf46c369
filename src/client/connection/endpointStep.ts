import * as l10n from '@vscode/l10n';
import { QuickPickItemKind, type WorkspaceFolder } from 'vscode';
import { messageOf } from '../../core/messageOf';
import { endpointRules } from '../lazy';
import type { ConnectionSettings } from '../settings';
import type { back, StepRow, Ui } from '../ui/ui';
import { connectionWords, type ProfileList } from './profileList';
import { isSame } from './recentConnections';

/** What a row of the first step stands for. */
export type EndpointChoice =
  /** All at once: an earlier choice, or Local Lambda, which needs no more. */
  | { readonly kind: 'connection'; readonly connection: ConnectionSettings }
  /** AWS (empty) or a URL: profile and region follow. */
  | { readonly kind: 'endpoint'; readonly endpoint: string }
  /** A URL is typed. */
  | { readonly kind: 'other' }
  | { readonly kind: 'unchanged' }
  /** The choice is dropped. */
  | { readonly kind: 'settings' }
  /** What follows is written into the settings of the folder. */
  | { readonly kind: 'everyone' };

export interface EndpointRow extends StepRow {
  readonly choice?: EndpointChoice;
}

/** What the rows of the first step are made of. */
export interface EndpointSituation {
  readonly folder: WorkspaceFolder | undefined;
  readonly isForEveryone: boolean;
  /** What holds now. */
  readonly current: ConnectionSettings;
  /** What the settings say, where a choice wins over them. */
  readonly fromSettings: ConnectionSettings | undefined;
  readonly recent: readonly ConnectionSettings[];
  readonly list: ProfileList;
}

/** The rows of the first step: what holds now, what was chosen before, the endpoints, and where the choice is kept. */
export function endpointRows(situation: EndpointSituation): EndpointRow[] {
  const { current, isForEveryone, fromSettings, recent, list } = situation;
  const words = connectionWords(current, list);
  const others = recent.filter((one) => !isSame(one, current));
  return [
    {
      icon: iconOf(current),
      label: words.label,
      description: [words.description, l10n.t('current')].filter(Boolean).join(' · '),
      // What all have is not what the user has while a choice of theirs wins over it.
      choice: { kind: isForEveryone && fromSettings ? 'settings' : 'unchanged' },
    },
    ...underHeading(
      l10n.t('Recent'),
      others.map((connection) => connectionRow(connection, list)),
    ),
    ...underHeading(l10n.t('Endpoints'), endpoints(current)),
    ...underHeading(l10n.t('Where it is kept'), places(situation)),
  ];
}

function connectionRow(connection: ConnectionSettings, list: ProfileList): EndpointRow {
  const choice = { kind: 'connection', connection } as const;
  return { icon: 'history', ...connectionWords(connection, list), choice };
}

function endpoints(current: ConnectionSettings): EndpointRow[] {
  const { endpoint } = current;
  const isOther = endpoint !== '' && endpoint !== 'local';
  return [
    {
      icon: 'cloud',
      label: 'AWS',
      description: l10n.t('or the endpoint_url of the profile'),
      choice: { kind: 'endpoint', endpoint: '' },
    },
    {
      icon: 'vm',
      label: 'Local Lambda',
      description: l10n.t('runs the functions in .lambda/local.json on this machine'),
      choice: { kind: 'connection', connection: { ...current, endpoint: 'local' } },
    },
    ...(isOther
      ? [{ icon: 'link', label: endpoint, choice: { kind: 'endpoint', endpoint } as const }]
      : []),
    {
      icon: 'edit',
      label: l10n.t('Another Endpoint…'),
      description: l10n.t('LocalStack, SAM, moto, or a VPC endpoint'),
      choice: { kind: 'other' },
    },
  ];
}

function places({ folder, isForEveryone, fromSettings, list }: EndpointSituation): EndpointRow[] {
  if (!folder || isForEveryone) return [];
  return [
    ...(fromSettings
      ? [
          {
            icon: 'discard',
            label: l10n.t('What the Settings Say'),
            description: connectionWords(fromSettings, list).label,
            choice: { kind: 'settings' } as const,
          },
        ]
      : []),
    {
      icon: 'organization',
      label: l10n.t('For Everyone in This Folder…'),
      description: l10n.t('writes the folder’s settings instead of keeping it for you alone'),
      choice: { kind: 'everyone' },
    },
  ];
}

function underHeading(label: string, rows: readonly EndpointRow[]): EndpointRow[] {
  return rows.length === 0 ? [] : [{ label, kind: QuickPickItemKind.Separator }, ...rows];
}

function iconOf({ endpoint }: ConnectionSettings): string {
  if (endpoint === 'local') return 'vm';
  return endpoint === '' ? 'cloud' : 'link';
}

/** Has the user type the URL of an endpoint. */
export async function typeEndpoint(
  title: string,
  current: string,
  ui: Pick<Ui, 'typeStep'>,
): Promise<string | typeof back | undefined> {
  const typed = await ui.typeStep({
    title,
    step: 1,
    totalSteps: 3,
    canGoBack: true,
    prompt: l10n.t('The endpoint to send requests to'),
    placeHolder: 'http://localhost:4566',
    value: current === 'local' ? '' : current,
    validateInput: async (value) => endpointFault(value.trim()),
  });
  return typeof typed === 'string' ? typed.trim() : typed;
}

async function endpointFault(text: string): Promise<string | undefined> {
  const { parseEndpoint } = await endpointRules();
  try {
    parseEndpoint(text, 'setting');
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}
