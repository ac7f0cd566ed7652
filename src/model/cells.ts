/** What do the code cells of a notebook say now? */

import type { ICodeCellModel } from '@jupyterlab/cells';
import type { INotebookModel } from '@jupyterlab/notebook';
import type { CellText } from '../protocol';

/** The code cells as they are now, in document order. */
export function readCells(model: INotebookModel | null): CellText[] {
  const texts: CellText[] = [];
  if (model && !model.isDisposed) {
    for (const cell of model.cells) {
      if (cell.type === 'code') {
        const { executionCount, outputs } = cell as ICodeCellModel;
        texts.push({
          id: cell.id,
          source: cell.sharedModel.getSource(),
          has_result: executionCount !== null || outputs.length > 0
        });
      }
    }
  }
  return texts;
}

/**
 * The first line that tells something: neither blank nor a comment, else the first comment.
 *
 * Example: `"# Data\n\nimport os"` gives `"import os"`.
 */
export function firstLineOf(source: string): string {
  const lines = source.split('\n', 200).map(line => line.trim());
  const code = lines.find(line => line !== '' && !line.startsWith('#'));
  return code ?? lines.find(line => line !== '') ?? '';
}
