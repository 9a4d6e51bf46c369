import { workspace } from 'vscode';
import type { ProxySettings } from '../../core/invocation/connection';

/** The way out that the editor is set to: `http.proxy` and `http.proxyStrictSSL`. */
export function proxySettings(): ProxySettings {
  const http = workspace.getConfiguration('http', null);
  const isOff = http.get('proxySupport') === 'off';
  return {
    url: isOff ? undefined : http.get<string>('proxy') || undefined,
    strictSSL: http.get('proxyStrictSSL', true),
  };
}

/** The environment, whose exceptions from the proxy the editor's (`http.noProxy`) are added to. */
export function environmentWithNoProxy(): NodeJS.ProcessEnv {
  const exceptions = workspace.getConfiguration('http', null).get<string[]>('noProxy', []);
  if (exceptions.length === 0) return process.env;
  const own = process.env['no_proxy'] || process.env['NO_PROXY'];
  // Small letters win over capitals, as with curl.
  return { ...process.env, no_proxy: [...(own ? [own] : []), ...exceptions].join(',') };
}
