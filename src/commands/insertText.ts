/** How are import lines and deleted cells inserted into the notebook? */

import { Notification } from '@jupyterlab/apputils';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';
import { importsToInsert } from '../remedies';
import type { INamespaceModel } from '../tokens/models';
import { revealCell } from './revealCell';

/**
 * Insert the import statements that the cell misses and no cell above has at the top of the cell; with
 * `name` only those of that name. Nothing runs; the editor's undo reverts it.
 */
export async function insertImports(
  model: INamespaceModel,
  cellId: string,
  name: string | undefined,
  trans: TranslationBundle
): Promise<void> {
  const panel = model.notebookPanel;
  const needs = model.entryOf(cellId)?.report?.needs ?? [];
  const lines = importsToInsert(needs.filter(need => name === undefined || need.name === name));
  const cell = panel.content.widgets.find(widget => widget.model.id === cellId);
  if (!cell || lines.length === 0) {
    const text = trans.__('The cell misses no import that is known and not in a cell above.');
    Notification.info(text, { autoClose: 5000 });
    return;
  }
  const { sharedModel } = cell.model;
  const index = endOfMagic(sharedModel.getSource());
  sharedModel.updateSource(index, index, `${lines.join('\n')}\n`);
  await revealCell(panel.content, cellId);
}

/** Insert the deleted cell that bound the name again, above the first cell that needs it. */
export async function restoreDeletedCell(model: INamespaceModel, name: string): Promise<void> {
  const row = model.names?.byName.get(name);
  if (!row?.lost_source) {
    return;
  }
  const cellId = insertCell(model.notebookPanel, row.lost_source, row.consumers);
  await revealCell(model.notebookPanel.content, cellId);
}

function insertCell(panel: NotebookPanel, source: string, above: readonly string[]): string {
  const { widgets } = panel.content;
  const first = widgets.findIndex(cell => above.includes(cell.model.id));
  const { sharedModel } = panel.content.model!;
  const index = first < 0 ? widgets.length : first;
  return sharedModel.insertCell(index, { cell_type: 'code', source, metadata: {} }).getId();
}

/** The offset of the text after the line of a cell magic; 0 if the cell has none. */
function endOfMagic(source: string): number {
  const magic = /^\s*%%.*\n?/.exec(source);
  return magic ? magic[0].length : 0;
}
