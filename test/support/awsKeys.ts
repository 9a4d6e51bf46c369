/** For the tests of a suite: keys in the environment, and nothing from the AWS files of this machine. */
export function withKeysAlone(): void {
  const environment = { ...process.env };
  before(() => {
    process.env['AWS_ACCESS_KEY_ID'] = 'key';
    process.env['AWS_SECRET_ACCESS_KEY'] = 'secret';
    process.env['AWS_CONFIG_FILE'] = '/dev/null';
    process.env['AWS_SHARED_CREDENTIALS_FILE'] = '/dev/null';
    for (const name of ['AWS_PROFILE', 'AWS_REGION', 'AWS_DEFAULT_REGION', 'AWS_SESSION_TOKEN'])
      delete process.env[name];
  });
  after(() => {
    process.env = environment;
  });
}
