/** Who watches a notebook, and what do they want to know? */

import type { Wanted } from '../tokens/models';

/** The watchers of one notebook by their ids. */
export class Watchers {
  get isEmpty(): boolean {
    return this._wanted.size === 0;
  }

  get wantEverything(): boolean {
    return [...this._wanted.values()].includes('everything');
  }

  /** Set what a watcher wants from now on; returns whether that is something else than before. */
  set(watcher: string, wanted: Wanted): boolean {
    if (wanted === (this._wanted.get(watcher) ?? 'nothing')) {
      return false;
    }
    if (wanted === 'nothing') {
      this._wanted.delete(watcher);
    } else {
      this._wanted.set(watcher, wanted);
    }
    return true;
  }

  private readonly _wanted = new Map<string, Wanted>();
}
