/** How does a command get what the server reports only for an open panel? */

import type { INamespaceModel } from '../tokens/models';

/** Milliseconds to wait for the details, which only an open panel has already. */
const TIMEOUT = 10_000;

/** What `read` returns once the model has its names and its forecast; they are missing after a timeout. */
export async function withDetails<T>(
  model: INamespaceModel,
  watcher: string,
  read: () => T
): Promise<T> {
  model.setWanted(watcher, 'everything');
  try {
    await detailsOf(model);
    return read();
  } finally {
    model.setWanted(watcher, 'nothing');
  }
}

/** Resolves when the model has the details, or after the timeout. */
function detailsOf(model: INamespaceModel): Promise<void> {
  return new Promise(resolve => {
    const check = (): void => {
      if (model.isDisposed || (model.names && !model.names.isOld && model.forecast)) {
        end();
      }
    };
    const end = (): void => {
      clearTimeout(timer);
      model.stateChanged.disconnect(check);
      resolve();
    };
    const timer = setTimeout(end, TIMEOUT);
    model.stateChanged.connect(check);
    check();
  });
}
