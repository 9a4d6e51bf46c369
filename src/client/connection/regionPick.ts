import * as l10n from '@vscode/l10n';
import { QuickPickItemKind, window } from 'vscode';
import { aws } from '../lazy';
import { itemOf } from '../ui/editorUi';
import type { PickRow } from '../ui/ui';
import { currentFirst } from './currentFirst';

interface RegionItem extends PickRow {
  /** Empty for what environment or profile say. */
  readonly region?: string;
}

/** A separator in front of another item than a separator's own shows nothing. */
const nothing: RegionItem = { label: '', kind: QuickPickItemKind.Separator };

/** What a region looks like; AWS adds regions, so that one which is not in the list can be typed. */
const regionPattern = /^[a-z]{2,4}(-[a-z]+)+-\d$/;

/** @param ofProfile the region that the profile has */
export type PickRegion = (
  title: string,
  current: string,
  ofProfile: string | undefined,
) => Promise<string | undefined>;

/** Lets the user pick or type a region. `undefined` when cancelled. */
export async function pickRegion(
  title: string,
  current: string,
  ofProfile: string | undefined,
): Promise<string | undefined> {
  const known = await regionItems(current, ofProfile);
  const pick = window.createQuickPick<ReturnType<typeof toItem>>();
  pick.title = `${title} (2/3)`;
  pick.placeholder = l10n.t('Region');
  pick.matchOnDescription = true;
  pick.ignoreFocusOut = true;
  // The editor tells of a choice by its place in the list: each keeps its place when one is typed.
  const show = (first: RegionItem) => {
    pick.items = [first, ...known].map(toItem);
  };
  show(nothing);
  pick.onDidChangeValue((value) => {
    const typed = value.trim();
    const isNew = regionPattern.test(typed) && known.every(({ region }) => region !== typed);
    show(isNew ? asTyped(typed) : nothing);
  });
  try {
    return await new Promise((resolve) => {
      pick.onDidAccept(() => {
        const region = pick.selectedItems[0]?.region;
        // What is no region is no choice: stay open, so that the profile need not be chosen again.
        if (region !== undefined) resolve(region);
      });
      pick.onDidHide(() => resolve(undefined));
      pick.show();
    });
  } finally {
    pick.dispose();
  }
}

/** Without a label to match, so that the editor puts it after the regions that hold what is typed. */
function asTyped(region: string): RegionItem {
  const description = `${region} · ${l10n.t('as typed')}`;
  return { icon: 'arrow-right', label: '', description, alwaysShow: true, region };
}

function toItem(row: RegionItem) {
  return { ...itemOf(row), region: row.region };
}

async function regionItems(current: string, ofProfile: string | undefined): Promise<RegionItem[]> {
  const { listRegions } = await aws();
  const fromEnvironment = process.env['AWS_REGION'] || process.env['AWS_DEFAULT_REGION'];
  const usual = fromEnvironment
    ? l10n.t('{0}, from AWS_REGION', fromEnvironment)
    : ofProfile
      ? l10n.t('{0}, from the profile', ofProfile)
      : l10n.t('none is set for this profile');
  const all: RegionItem[] = [
    { icon: 'home', label: l10n.t('AWS CLI default'), description: usual, region: '' },
    ...listRegions(current || fromEnvironment || ofProfile).map(({ name, description }) => ({
      label: name,
      description,
      region: name,
    })),
  ];
  if (current !== '' && all.every(({ region }) => region !== current)) {
    all.unshift({ label: current, region: current });
  }
  return currentFirst(all, ({ region }) => region === current, l10n.t('Regions'));
}
