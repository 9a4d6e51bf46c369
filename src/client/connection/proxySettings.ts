import { workspace } from 'vscode';
import type { ProxySettings } from '../../core/invocation/connection';

/** The way out that the editor is set to: `http.proxy`, `http.noProxy` and `http.proxyStrictSSL`. */
export function proxySettings(): ProxySettings {
  const http = workspace.getConfiguration('http', null);
  const isOff = http.get('proxySupport') === 'off';
  return {
    url: isOff ? undefined : http.get<string>('proxy') || undefined,
    noProxy: http.get<string[]>('noProxy', []),
    strictSSL: http.get('proxyStrictSSL', true),
  };
}
