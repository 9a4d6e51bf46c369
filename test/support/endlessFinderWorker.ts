// Stands in for finderWorker.ts: a text that holds the word `endless` is never read to its end.
import { LazyFinder } from '../../src/server/finder/finder';
import { answerFinderRequests } from '../../src/server/finder/finderRequests';

const finder = new LazyFinder();

answerFinderRequests({
  prepare: (document) => finder.prepare(document),
  forget: (uri) => finder.forget(uri),
  find: async (document) => {
    // oxlint-disable-next-line no-empty -- A loop of its own kind, which looks at no clock.
    while (document.text.includes('endless')) {}
    return finder.find(document);
  },
});
