/** In which notebooks are marks, underlines and the minimap shown? */

import type { NotebookPanel } from '@jupyterlab/notebook';
import { Token } from '@lumino/coreutils';
import type { ISignal } from '@lumino/signaling';

/** The notebooks in which the user has hidden everything that the extension draws in them. */
export interface INotebookVisibility {
  /** Emitted when a notebook was hidden or shown. */
  readonly changed: ISignal<INotebookVisibility, void>;
  isHidden(panel: NotebookPanel): boolean;
  setHidden(panel: NotebookPanel, isHidden: boolean): void;
}

/** The token of the visibility; without it everything is shown. */
export const INotebookVisibility = new Token<INotebookVisibility>(
  'jupyter-namespace-viz:INotebookVisibility',
  'Says in which notebooks the user has hidden the marks.'
);
