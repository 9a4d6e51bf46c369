import * as l10n from '@vscode/l10n';
import { profileRules } from '../lazy';
import type { back, StepRow, Ui } from '../ui/ui';
import { currentFirst } from './currentFirst';
import { regionOfEnvironment } from './profileList';

interface RegionRow extends StepRow {
  /** Empty for what environment or profile say. */
  readonly region?: string;
}

/** What a region looks like; AWS adds regions, so that one which is not in the list can be typed. */
const regionPattern = /^[a-z]{2,4}(-[a-z]+)+-\d$/;

/**
 * Lets the user pick or type a region. `undefined` when cancelled.
 * @param ofProfile the region that the profile has
 */
export async function pickRegion(
  title: string,
  current: string,
  ofProfile: string | undefined,
  ui: Pick<Ui, 'pickStep'>,
): Promise<string | typeof back | undefined> {
  const rows = await regionRows(current, ofProfile);
  const picked = await ui.pickStep<RegionRow>(rows, {
    title,
    step: 3,
    totalSteps: 3,
    canGoBack: true,
    placeHolder: l10n.t('Region'),
    typedRow: (typed) => {
      const isNew = regionPattern.test(typed) && rows.every(({ region }) => region !== typed);
      return isNew ? asTyped(typed) : undefined;
    },
  });
  return typeof picked === 'object' ? picked.region : picked;
}

/** Without a label to match, so that the editor puts it after the regions that hold what is typed. */
function asTyped(region: string): RegionRow {
  const description = `${region} · ${l10n.t('as typed')}`;
  return { icon: 'arrow-right', label: '', description, alwaysShow: true, region };
}

async function regionRows(current: string, ofProfile: string | undefined): Promise<RegionRow[]> {
  const { listRegions } = await profileRules();
  const fromEnvironment = regionOfEnvironment();
  const usual = fromEnvironment
    ? l10n.t('{0}, from AWS_REGION', fromEnvironment)
    : ofProfile
      ? l10n.t('{0}, from the profile', ofProfile)
      : l10n.t('none is set for this profile');
  const all: RegionRow[] = [
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
