/** How are import lines and deleted cells inserted into the notebook? */

import { isCodeCellModel } from '@jupyterlab/cells';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { NameReport } from '../protocol';
import { importsToInsert } from '../remedies';
import type { INamespaceModel } from '../tokens/models';
import { withDetails } from './details';
import { revealCell } from './revealCell';
import { toastsOf } from './toasts';

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
    toastsOf(panel).show(trans.__('The cell has no missing imports to add.'), 'info');
    return;
  }
  const { sharedModel } = cell.model;
  const index = endOfMagic(sharedModel.getSource());
  sharedModel.updateSource(index, index, `${lines.join('\n')}\n`);
  await revealCell(panel.content, cellId);
}

/** What is known of a deleted cell, and of where it was. */
type Place = Pick<NameReport, 'consumers' | 'lost_after' | 'lost_id' | 'lost_source'>;

/**
 * Insert the deleted cell that bound the name again, with the text that ran.
 *
 * It is the same cell, with its id: when it is edited later, its run was that of the cell.
 */
export async function restoreDeletedCell(model: INamespaceModel, name: string): Promise<void> {
  const place: Place | undefined = await withDetails(model, 'restore-cell', () =>
    model.names?.byName.get(name)
  );
  if (!place?.lost_source) {
    return;
  }
  const { content } = model.notebookPanel;
  const { sharedModel } = content.model!;
  const isIdFree = content.widgets.every(({ model: { id } }) => id !== place.lost_id);
  const cell = {
    ...(place.lost_id !== null && isIdFree ? { id: place.lost_id } : {}),
    cell_type: 'code' as const,
    source: place.lost_source,
    metadata: { trusted: isTrusted(model.notebookPanel) }
  };
  const cellId = sharedModel.insertCell(indexFor(place, content), cell).getId();
  await revealCell(content, cellId);
}

/** Below the cell that was above it; else above the first cell that needs its names, or at the end. */
function indexFor({ consumers, lost_after }: Place, { widgets }: NotebookPanel['content']): number {
  const above = widgets.findIndex(cell => cell.model.id === lost_after);
  if (above >= 0) {
    return above + 1;
  }
  const first = widgets.findIndex(cell => consumers.includes(cell.model.id));
  return first < 0 ? widgets.length : first;
}

/** Whether JupyterLab trusts all outputs of the notebook. */
function isTrusted({ content }: NotebookPanel): boolean {
  return content.widgets.every(({ model }) => !isCodeCellModel(model) || model.trusted);
}

/** The offset of the text after the line of a cell magic; 0 if the cell has none. */
function endOfMagic(source: string): number {
  const magic = /^\s*%%.*\n?/.exec(source);
  return magic ? magic[0].length : 0;
}
