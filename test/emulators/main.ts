/** What `npm run test:emulators` tries, in one bundle. */
export { motoChecks } from './moto';
export { service, serverlessOfflineChecks } from './serverlessOffline';
