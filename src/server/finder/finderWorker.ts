// Entry of the threads that find uses of InvokeAsync: in open documents, and in files, which they read and fix.
import { LazyFinder } from './finder';
import { answerFinderRequests } from './finderRequests';

answerFinderRequests(new LazyFinder());
