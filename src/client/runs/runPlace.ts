import type { Connection } from '../../core/invocation/connection';
import type { InvokeArguments } from '../invoke/invokeArguments';
import type { Run } from './runs';

/** Where a run goes, as arguments: what the settings say now does not matter. */
export function placeOfRun({ target, origin, isLocal }: Run): InvokeArguments {
  const { api, functionName, qualifier, region, endpoint = '', profile, tenantId } = target;
  const environment = origin?.environment;
  return {
    api,
    functionName,
    // What came from the environment comes from there again: its keys, too, if it holds any.
    profile: profile === undefined || profile === process.env['AWS_PROFILE'] ? '' : profile,
    region,
    endpoint: isLocal ? 'local' : endpoint,
    ...(qualifier === undefined ? {} : { qualifier }),
    ...(tenantId === undefined ? {} : { tenantId }),
    ...(environment === undefined ? {} : { environment }),
  };
}

/** Where a connection leads, as arguments. */
export function placeOfConnection(
  { profile, profileSource, region, endpoint = '' }: Connection,
  isLocal: boolean,
): Pick<InvokeArguments, 'profile' | 'region' | 'endpoint'> {
  return {
    profile: profileSource === 'setting' ? (profile ?? '') : '',
    region,
    endpoint: isLocal ? 'local' : endpoint,
  };
}
