/** How is a cell scrolled into view? */

import type { Cell } from '@jupyterlab/cells';
import type { Notebook } from '@jupyterlab/notebook';

/** The most frames until the cell must be in view: about two seconds. */
const MAX_FRAMES = 120;

/** The number of consecutive frames in which the cell must be in view. */
const STEADY_FRAMES = 4;

/**
 * Select the cell, make it active and scroll to it; false if there is no such cell.
 *
 * Cells that were never drawn get their real height only when they come into view. That moves the
 * cells below, so this scrolls again until the cell stays in view.
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
  // JupyterLab renders a long notebook cell by cell: do not wait until it gets to this one.
  notebook.renderCellOutputs(index);
  // Rejected if something else scrolls at the same time. The loop below corrects that.
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
    return true; // a hidden notebook does not scroll
  }
  const view = notebook.node.getBoundingClientRect();
  const { bottom, top } = cell.node.getBoundingClientRect();
  return top >= view.top - 1 && Math.min(bottom, top + 40) <= view.bottom;
}

function nextFrame(): Promise<void> {
  return new Promise(resolve => requestAnimationFrame(() => resolve()));
}
