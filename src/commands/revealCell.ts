/** How does the user get to see a cell? */

import type { Cell } from '@jupyterlab/cells';
import type { Notebook } from '@jupyterlab/notebook';

/** At most so many frames are spent on getting the cell into view, about two seconds. */
const MAX_FRAMES = 120;

/** For so many frames in a row the cell has to stay in view. */
const STEADY_FRAMES = 4;

/**
 * Select the cell, make it the active one and scroll to it; false when there is none.
 *
 * Cells above that were never drawn get their real height only when they come into view, and push
 * the cell away again: so it is corrected until it stays where it can be seen.
 */
export async function revealCell(notebook: Notebook, cellId: string): Promise<boolean> {
  const index = notebook.widgets.findIndex(cell => cell.model.id === cellId);
  const cell = notebook.widgets[index];
  if (!cell) {
    return false;
  }
  notebook.mode = 'command';
  notebook.deselectAll();
  notebook.activeCellIndex = index;
  // A long notebook is put on the page bit by bit, which takes long: do not wait for its turn.
  notebook.renderCellOutputs(index);
  // Rejected when something else scrolls meanwhile; what counts is what is seen in the end.
  await notebook.scrollToItem(index, 'smart').catch(() => undefined);
  let steady = 0;
  for (let frame = 0; frame < MAX_FRAMES && steady < STEADY_FRAMES; frame++) {
    await nextFrame();
    if (notebook.isDisposed || cell.isDisposed || notebook.activeCell !== cell) {
      return false;
    }
    if (isInView(notebook, cell)) {
      steady += 1;
    } else {
      steady = 0;
      cell.node.scrollIntoView({ block: 'center' });
    }
  }
  return true;
}

/** Whether the cell's first lines are inside the visible part of the notebook. */
function isInView(notebook: Notebook, cell: Cell): boolean {
  if (!notebook.isVisible) {
    return true; // nothing can be seen, and nothing scrolls
  }
  const view = notebook.node.getBoundingClientRect();
  const { bottom, top } = cell.node.getBoundingClientRect();
  return top >= view.top - 1 && Math.min(bottom, top + 40) <= view.bottom;
}

function nextFrame(): Promise<void> {
  return new Promise(resolve => requestAnimationFrame(() => resolve()));
}
