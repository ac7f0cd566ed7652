/** Which options do all decorations of a notebook take? */

import type { TranslationBundle } from '@jupyterlab/translation';
import type { IRemedy } from '../tokens/commands';
import type { ICellEntry, INamespaceModel } from '../tokens/models';

/** The options of a decoration of one notebook. */
export interface IDecorationOptions {
  model: INamespaceModel;
  fix: (remedy: IRemedy) => void;
  /** Opens the menu of a cell below an element. */
  openMenu: (entry: ICellEntry, anchor: HTMLElement) => void;
  trans: TranslationBundle;
}
