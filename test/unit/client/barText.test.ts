import assert from 'node:assert/strict';
import type { Connection } from '../../../src/core/invocation/connection';
import { barText } from '../../../src/client/connection/barText';

const connection: Connection = {
  profile: 'dev',
  profileSource: 'setting',
  region: 'eu-west-1',
  regionSource: 'profile',
  timeoutMs: 1000,
  useFipsEndpoint: false,
  useDualstackEndpoint: false,
  environment: {},
};

describe('the status bar', () => {
  it('shows profile and region, and where each comes from', () => {
    const { text, tooltip, label } = barText({ connection });
    assert.equal(text, '$(cloud) dev · eu-west-1');
    assert.match(
      tooltip,
      /Profile: dev \(from the settings\)\n\nRegion: eu\\-west\\-1 \(from the profile\)/,
    );
    assert.match(label, /AWS, profile dev, region eu-west-1/);
  });

  it('shows an endpoint that is not AWS, without what people do not read', () => {
    const endpoint = 'https://lambda.example.com:8443/path';
    const { text } = barText({
      connection: { ...connection, endpoint, endpointSource: 'profile' },
    });
    assert.equal(text, '$(cloud) dev · eu-west-1 · lambda.example.com:8443');
  });

  it('shows what is wrong, and lets no name of a profile become markup', () => {
    const { text, tooltip } = barText({
      profile: 'd[e](command:x)v',
      problem: 'No profile "[a](b)".',
    });
    assert.equal(text, '$(warning) d[e](command:x)v');
    assert.equal(barText({ profile: '$(zap)', problem: '' }).text, String.raw`$(warning) \$(zap)`);
    assert.doesNotMatch(tooltip, /\[a\]\(b\)/);
  });

  it('shows that nothing is sent from a workspace that is not trusted, with the way to trust', () => {
    const { text, label, tooltip, command } = barText({ isRestricted: true });
    assert.equal(text, '$(shield) Lambda: nothing is sent');
    assert.match(label, /Nothing is sent from this workspace until you trust it/);
    assert.match(tooltip, /until you trust it\.\n\nClick to manage workspace trust\.$/);
    assert.equal(command, 'workbench.trust.manage');
  });

  it('shows that the user has chosen, and not the settings', () => {
    const { tooltip } = barText({ connection, isChosen: true });
    assert.match(tooltip, /Profile: dev \(chosen for this folder\)/);
    assert.doesNotMatch(tooltip, /from the settings/);
    // What the environment says comes from its file all the same.
    const environment = { name: 'prod', profile: 'dev' };
    const ofFile = barText({ connection, isChosen: true, environment }).tooltip;
    assert.match(ofFile, /Profile: dev \(from targets\.json\)/);
  });

  it('shows the account where the profile names it', () => {
    const known = { ...connection, accountId: '111122223333' };
    assert.match(barText({ connection: known }).tooltip, /\n\nAccount: 111122223333\n\n/);
    assert.doesNotMatch(barText({ connection }).tooltip, /Account/);
  });

  it('shows the environment, and has a click select another one', () => {
    const environment = { name: 'prod', region: 'eu-west-1' };
    const selected = barText({ connection, environment });
    assert.equal(selected.text, '$(cloud) prod · dev · eu-west-1');
    assert.equal(selected.command, 'invokeAsync.selectEnvironment');
    assert.match(selected.tooltip, /Region: eu\\-west\\-1 \(from targets\.json\)/);
    assert.match(selected.tooltip, /Profile: dev \(from the settings\)/);
    assert.match(selected.label, /, environment prod$/);
    const queued = new Map<string, number>();
    const local = barText({ local: { endpoint: undefined, queued }, environment });
    assert.equal(local.text, '$(vm-outline) prod · Local Lambda');
    const unselected = barText({ connection, environment: {} });
    assert.equal(unselected.text, '$(cloud) No environment selected · dev · eu-west-1');
    assert.equal(barText({ connection }).command, 'invokeAsync.selectConnection');
  });

  it('offers to stop a running Local Lambda', () => {
    const queued = new Map<string, number>();
    const running = barText({ local: { endpoint: 'http://127.0.0.1:1', queued } });
    assert.equal(running.text, '$(vm-running) Local Lambda');
    assert.match(running.tooltip, /stopLocal/);
    const stopped = barText({ local: { endpoint: undefined, queued } });
    assert.doesNotMatch(stopped.tooltip, /stopLocal/);
  });

  it('shows how many events Local Lambda has queued, and of which functions', () => {
    const counts = [...Array(14).keys()].map((n) => [`fn_${n}`, n + 1] as const);
    const queued = new Map([...counts, ['orders', 4207] as const]);
    const { text, label, tooltip } = barText({ local: { endpoint: 'http://127.0.0.1:1', queued } });
    assert.equal(text, '$(vm-running) Local Lambda: 4,312 queued');
    assert.match(label, /not to AWS; 4,312 are queued$/);
    const list = tooltip.split('\n').filter((line) => line.startsWith('- '));
    assert.deepEqual(list.slice(0, 2), ['- orders: 4,207', String.raw`- fn\_13: 14`]);
    assert.deepEqual(list.slice(-2), [String.raw`- fn\_5: 6`, '- 5 more: 15']);
    assert.equal(list.length, 11);
  });
});
