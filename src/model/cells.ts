/** What is the text of each code cell, and which entry does the panel show for it? */

import type { ICellModel, ICodeCellModel } from '@jupyterlab/cells';
import type { INotebookModel } from '@jupyterlab/notebook';
import type { CellReport, CellText } from '../protocol';
import type { ICellEntry, ShownCount } from '../tokens/models';

/** The content of a code cell; the same object until it or the heading above it changes. */
export interface ICellSnapshot {
  readonly text: CellText;
  readonly firstLine: string;
  /** The last heading between the code cell above and this one. */
  readonly heading: string | null;
  /** The execution count in the notebook, which may come from another kernel. */
  readonly count: ShownCount;
}

const ids = new WeakMap<ICellModel, string>();

/** The id of a cell. It never changes, and reading it from the shared document takes microseconds. */
export function idOf(cell: ICellModel): string {
  let id = ids.get(cell);
  if (id === undefined) {
    id = cell.id;
    ids.set(cell, id);
  }
  return id;
}

/**
 * The code cells as they are now, in document order; `before` is the last result.
 *
 * The cell `typedCellId` stays as it was, because its text is not finished.
 */
export function readCells(
  model: INotebookModel | null,
  before: readonly ICellSnapshot[] = [],
  typedCellId: string | null = null
): ICellSnapshot[] {
  const seen: ICellSnapshot[] = [];
  const typed = typedCellId === null ? undefined : before.find(it => it.text.id === typedCellId);
  let heading: string | null = null;
  for (const cell of model && !model.isDisposed ? model.cells : []) {
    if (typed && idOf(cell) === typedCellId) {
      seen.push(typed);
      heading = null;
      continue;
    }
    const content = contentOf(cell);
    if (content.isCode) {
      const { count, firstLine, text } = content;
      const old = before[seen.length];
      const isSame = old?.text === text && old.heading === heading;
      seen.push(isSame ? old : { text, firstLine, heading, count });
      heading = null;
    } else {
      heading = content.heading ?? heading;
    }
  }
  return seen;
}

/** The content of one cell, without its neighbours; the same object until it changes. */
type Content =
  | ({ isCode: true } & Pick<ICellSnapshot, 'count' | 'firstLine' | 'text'>)
  | { isCode: false; heading: string | null };

const contents = new WeakMap<ICellModel, Content>();

/** Cached, because the shared document takes microseconds per text and a key press changes only one. */
function contentOf(cell: ICellModel): Content {
  let content = contents.get(cell);
  if (!content) {
    cell.contentChanged.connect(forgetContent);
    content = readContent(cell);
    contents.set(cell, content);
  }
  return content;
}

function forgetContent(cell: ICellModel): void {
  contents.delete(cell);
}

function readContent(cell: ICellModel): Content {
  const source = cell.sharedModel.getSource();
  if (cell.type !== 'code') {
    return { isCode: false, heading: cell.type === 'markdown' ? headingIn(source) : null };
  }
  const { executionCount, executionState, outputs } = cell as ICodeCellModel;
  const count = executionState === 'running' ? '*' : executionCount;
  const has_result = executionCount !== null || outputs.length > 0;
  const text = { id: idOf(cell), source, has_result };
  return { isCode: true, count, firstLine: firstLineOf(source), text };
}

/** The last heading of a Markdown text, without its markup. */
function headingIn(source: string): string | null {
  const headings = source.match(/^#{1,6}[ \t]+.+$/gm) ?? [];
  const last = headings[headings.length - 1];
  return last?.replace(/^#+\s+|[*_`]|\s+#*\s*$/g, '') ?? null;
}

/** The entries of the cells; an entry that did not change stays the same object. */
export function entriesOf(
  seen: readonly ICellSnapshot[],
  reportOf: (cellId: string) => CellReport | null,
  before: readonly ICellEntry[]
): readonly ICellEntry[] {
  const entries = seen.map(({ count, firstLine, heading, text }, index) => {
    const entry: ICellEntry = {
      id: text.id,
      number: index + 1,
      firstLine,
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
  return (
    one.id === other.id &&
    one.number === other.number &&
    one.firstLine === other.firstLine &&
    one.heading === other.heading &&
    one.shownCount === other.shownCount &&
    one.report === other.report
  );
}

/**
 * The first line of code, else the first comment.
 *
 * Example: `"# Data\n\nimport os"` gives `"import os"`.
 */
export function firstLineOf(source: string): string {
  const lines = source.split('\n', 200).map(line => line.trim());
  const code = lines.find(line => line !== '' && !line.startsWith('#'));
  return code ?? lines.find(line => line !== '') ?? '';
}
