/** In which worker is the layout computed? (A file of its own: Jest cannot read `import.meta`.) */

import ElkApi from 'elkjs/lib/elk-api';
import type { ELK } from 'elkjs/lib/elk-api';

/** ELK in a web worker, so that the page stays responsive; `terminateWorker` ends it. */
export function newElk(): ELK {
  return new ElkApi({
    workerFactory: () => new Worker(new URL('elkjs/lib/elk-worker.min.js', import.meta.url))
  });
}
