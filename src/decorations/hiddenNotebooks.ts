/** In which notebooks has the user hidden the marks? */

import type { NotebookPanel } from '@jupyterlab/notebook';
import type { IStateDB } from '@jupyterlab/statedb';
import { Signal } from '@lumino/signaling';
import type { INotebookVisibility } from '../tokens/visibility';

/**
 * Remembers the paths of notebooks in the state database, so that they last beyond the page.
 *
 * Nothing is written into the notebooks.
 */
export class HiddenNotebooks implements INotebookVisibility {
  constructor(
    private readonly _state: IStateDB | null,
    private readonly _key: string
  ) {
    void _state?.fetch(_key).then(paths => {
      if (Array.isArray(paths)) {
        paths.forEach(path => this._paths.add(String(path)));
        this.changed.emit();
      }
    });
  }

  readonly changed = new Signal<this, void>(this);

  isHidden({ context }: NotebookPanel): boolean {
    const isHidden = this._paths.has(context.path);
    if (isHidden) {
      this._follow(context);
    }
    return isHidden;
  }

  setHidden({ context }: NotebookPanel, isHidden: boolean): void {
    const { path } = context;
    if (isHidden === this._paths.has(path)) {
      return;
    }
    if (isHidden) {
      this._paths.add(path);
      this._follow(context);
    } else {
      this._paths.delete(path);
    }
    this._save();
  }

  /** Keep a notebook hidden that gets another name. */
  private _follow(context: NotebookPanel['context']): void {
    if (this._followed.has(context)) {
      return;
    }
    this._followed.add(context);
    let before = context.path;
    context.pathChanged.connect((_, now) => {
      if (this._paths.delete(before)) {
        this._paths.add(now);
        this._save();
      }
      before = now;
    });
  }

  private _save(): void {
    void this._state?.save(this._key, [...this._paths]);
    this.changed.emit();
  }

  private readonly _followed = new WeakSet<NotebookPanel['context']>();
  private readonly _paths = new Set<string>();
}
