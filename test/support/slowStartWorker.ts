// A thread that takes a second to start, as on a busy machine, and then answers at once.
import { answerRequests } from '../../src/server/thread/answer';

const end = performance.now() + 1000;
// oxlint-disable-next-line no-empty -- A loop keeps the thread from hearing anything, as loading its code does.
while (performance.now() < end) {}

answerRequests(async (request: string) => request);
