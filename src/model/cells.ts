/** What do the code cells of a notebook say now, and what is said of them? */

import type { ICodeCellModel } from '@jupyterlab/cells';
import type { INotebookModel } from '@jupyterlab/notebook';
import type { CellReport, CellText } from '../protocol';
import type { ICellEntry } from '../tokens';

/** A code cell as its reader sees it. */
export interface ISeenCell {
  readonly text: CellText;
  /** The last heading between the code cell above and this one. */
  readonly heading: string | null;
  /** The execution count that the notebook shows, of whatever kernel. */
  readonly count: number | null;
}

/** The code cells as they are now, in document order. */
export function readCells(model: INotebookModel | null): ISeenCell[] {
  const seen: ISeenCell[] = [];
  let heading: string | null = null;
  for (const cell of model && !model.isDisposed ? model.cells : []) {
    const source = cell.sharedModel.getSource();
    if (cell.type === 'code') {
      const { executionCount: count, outputs } = cell as ICodeCellModel;
      const text = { id: cell.id, source, has_result: count !== null || outputs.length > 0 };
      seen.push({ text, heading, count });
      heading = null;
    } else if (cell.type === 'markdown') {
      heading = headingIn(source) ?? heading;
    }
  }
  return seen;
}

/** The last heading of a Markdown text, without its marks. */
function headingIn(source: string): string | null {
  const headings = source.match(/^#{1,6}[ \t]+.+$/gm) ?? [];
  const last = headings[headings.length - 1];
  return last?.replace(/^#+\s+|[*_`]|\s+#*\s*$/g, '') ?? null;
}

/** The entries of the cells; what did not change stays the same object. */
export function entriesOf(
  seen: readonly ISeenCell[],
  reportOf: (cellId: string) => CellReport | null,
  before: readonly ICellEntry[]
): readonly ICellEntry[] {
  const entries = seen.map(({ count, heading, text }, index) => {
    const entry: ICellEntry = {
      id: text.id,
      position: index + 1,
      firstLine: firstLineOf(text.source),
      heading,
      shownCount: count,
      report: reportOf(text.id)
    };
    const old = before[index];
    return old && isSameEntry(old, entry) ? old : entry;
  });
  const isSame =
    entries.length === before.length && entries.every((entry, index) => entry === before[index]);
  return isSame ? before : entries;
}

function isSameEntry(one: ICellEntry, other: ICellEntry): boolean {
  const keys = Object.keys(one) as (keyof ICellEntry)[];
  return keys.every(key => one[key] === other[key]);
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
