/** What does a decoration of a notebook need? */

import type { TranslationBundle } from '@jupyterlab/translation';
import type { IRemedy } from '../tokens/commands';
import type { ICellEntry, INamespaceModel } from '../tokens/models';

/** What a decoration of one notebook needs. */
export interface IDecorationOptions {
  model: INamespaceModel;
  fix: (remedy: IRemedy) => void;
  /** Opens the menu of a cell below an element. */
  openMenu: (entry: ICellEntry, anchor: HTMLElement) => void;
  trans: TranslationBundle;
}
