/** Where is the graph laid out, so that nobody waits for it? */

import ElkApi from 'elkjs/lib/elk-api';
import type { ELK } from 'elkjs/lib/elk-api';

/** ELK in a worker of its own; `terminateWorker` ends it. */
export function newElk(): ELK {
  return new ElkApi({
    workerFactory: () => new Worker(new URL('elkjs/lib/elk-worker.min.js', import.meta.url))
  });
}
