import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A profile `s` of IAM Identity Center. */
export const ssoProfile =
  '[profile s]\nsso_start_url = https://c.example\nsso_region = cn-north-1\nsso_account_id = 111122223333\nsso_role_name = R\n';

/** Runs with a token for `ssoProfile` in the only place where the SDK looks for it: below the home folder. */
export async function signedIn<T>(run: () => Promise<T>): Promise<T> {
  const home = process.env['HOME'];
  const folder = await mkdtemp(join(tmpdir(), 'sso-home-'));
  const cache = join(folder, '.aws/sso/cache');
  await mkdir(cache, { recursive: true });
  const name = createHash('sha1').update('https://c.example').digest('hex');
  const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
  await writeFile(join(cache, `${name}.json`), JSON.stringify({ accessToken: 't', expiresAt }));
  process.env['HOME'] = folder;
  try {
    return await run();
  } finally {
    if (home === undefined) delete process.env['HOME'];
    else process.env['HOME'] = home;
    await rm(folder, { recursive: true, force: true });
  }
}
