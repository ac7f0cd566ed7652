/** Which options do all decorations of a notebook take? */

import type { TranslationBundle } from '@jupyterlab/translation';
import type { ICellMentions } from '../appearance/cellNames';
import { CommandIds } from '../tokens/commands';
import type { IRemedy } from '../tokens/commands';
import type { ICellEntry, INamespaceModel } from '../tokens/models';

/** The options of a decoration of one notebook. */
export interface IDecorationOptions {
  model: INamespaceModel;
  fix: (remedy: IRemedy) => void;
  /** Opens the menu of a cell below an element. */
  openMenu: (entry: ICellEntry, anchor: HTMLElement) => void;
  /** The name of the extension, where nothing else on the page has it. */
  owner: string | null;
  /** Runs all cells above the active one. */
  runAllAbove: () => void;
  trans: TranslationBundle;
}

/** Mentions of the notebook's cells as they are when a sentence is drawn. */
export function mentionsIn({ fix, model, trans }: IDecorationOptions): ICellMentions {
  return {
    get cellCount() {
      return model.cells.length;
    },
    trans,
    entryOf: cellId => model.entryOf(cellId),
    goToCell: cellId =>
      fix({ command: CommandIds.goToCell, args: { cellId }, label: '', ariaLabel: '' })
  };
}
