import { parentPort } from 'node:worker_threads';
import { messageOf } from '../../core/messageOf';
import { useLocaleOfServer } from '../language';
import type { Speaker, ThreadMessage } from './messages';

type Answering<Request, Note, Answer> = (
  request: Request,
  speaker: Speaker<Note>,
) => Promise<Answer | undefined>;

/**
 * The thread's side of `Thread`: has each message answered, in the language of the server.
 * @param answer resolves to `undefined` for a message that is no request
 */
export function answerRequests<Request, Note, Answer>(
  answer: Answering<Request, Note, Answer>,
): void {
  useLocaleOfServer();
  const say = (message: ThreadMessage<Note, Answer>) => parentPort?.postMessage(message);
  const speaker: Speaker<Note> = {
    note: (note) => say({ kind: 'note', note }),
    limit: (milliseconds) => say({ kind: 'limit', milliseconds }),
  };
  const handle = async (request: Request) => {
    try {
      const answered = await answer(request, speaker);
      if (answered !== undefined) say({ kind: 'answer', answer: answered });
    } catch (error) {
      say({ kind: 'failed', message: messageOf(error) });
    }
  };
  parentPort?.on('message', (request: Request) => void handle(request));
  say({ kind: 'ready' });
}
