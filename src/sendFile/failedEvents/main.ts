/** What the editor needs to send failed events again; a chunk of its own. */
export { Sender } from '../../aws/sender';
export { RunLock } from '../runLock';
export { sendAgain } from './sendAgain';
export type { EventToSendAgain, SendAgainResult } from './sendAgain';
export { readSendAgainStates, sendAgainFolder, SendAgainJournal } from './sendAgainJournal';
