import { join } from 'node:path';
import type * as Mcp from '../mcp/main';
import type * as SendFile from '../sendFile/main';
import type * as Check from '../server/cli/runCheck';
import type * as LanguageServer from '../server/languageServer';

/** The bundles beside this one, each read when it is needed. */
const bundle = (name: string): unknown => require(join(__dirname, `${name}.js`));

export const check = () => bundle('check') as typeof Check;
export const languageServer = () => bundle('languageServer') as typeof LanguageServer;
export const sendFile = () => bundle('sendFile') as typeof SendFile;
export const mcp = () => bundle('mcp') as typeof Mcp;
