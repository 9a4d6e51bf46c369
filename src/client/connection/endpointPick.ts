import * as l10n from '@vscode/l10n';
import { endpointRules } from '../lazy';
import { messageOf } from '../../core/messageOf';
import type { PickRow, Ui } from '../ui/ui';

interface EndpointItem extends PickRow {
  /** A URL, `local`, or empty for AWS. */
  readonly endpoint?: string;
}

/** Lets the user choose between AWS, Local Lambda and another endpoint. `undefined` when cancelled. */
export async function pickEndpoint(
  title: string,
  current: string,
  ui: Pick<Ui, 'askForText' | 'pickRow'>,
): Promise<string | undefined> {
  const step = `${title} (3/3)`;
  const items: EndpointItem[] = [
    {
      icon: 'cloud',
      label: 'AWS',
      description: l10n.t('or the endpoint_url of the profile'),
      endpoint: '',
    },
    {
      icon: 'vm',
      label: 'Local Lambda',
      description: l10n.t('runs the functions in .lambda/local.json on this machine'),
      endpoint: 'local',
    },
    ...(current === '' || current === 'local'
      ? []
      : [{ icon: 'link', label: current, endpoint: current }]),
    {
      icon: 'edit',
      label: l10n.t('Another Endpoint…'),
      description: l10n.t('LocalStack, SAM, moto, or a VPC endpoint'),
    },
  ];
  const isCurrent = ({ endpoint }: EndpointItem) => endpoint === current;
  const picked = await ui.pickRow<EndpointItem>(
    [
      ...items.filter(isCurrent).map((item) => ({
        ...item,
        description: `${item.description ?? ''} · ${l10n.t('current')}`,
      })),
      ...items.filter((item) => !isCurrent(item)),
    ],
    { title: step, placeHolder: l10n.t('Endpoint'), ignoreFocusOut: true },
  );
  return picked && (picked.endpoint ?? typeEndpoint(step, current, ui));
}

async function typeEndpoint(
  title: string,
  current: string,
  ui: Pick<Ui, 'askForText'>,
): Promise<string | undefined> {
  const typed = await ui.askForText({
    title,
    prompt: l10n.t('The endpoint to send requests to'),
    placeHolder: 'http://localhost:4566',
    value: current === 'local' ? '' : current,
    ignoreFocusOut: true,
    validateInput: async (value) => endpointFault(value.trim()),
  });
  return typed?.trim();
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
