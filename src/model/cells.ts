/** What is the text of each code cell, and which entry does the panel show for it? */

import type { ICellModel, ICodeCellModel } from '@jupyterlab/cells';
import type { INotebookModel } from '@jupyterlab/notebook';
import type { CellReport, CellText, Remedy } from '../protocol';
import type { ICellEntry, IHeading, ShownCount } from '../tokens/models';

/** The content of a code cell; the same object until it or a heading above it changes. */
export interface ICellSnapshot {
  readonly text: CellText;
  readonly firstLine: string;
  readonly definingLine: string;
  /** The headings between the code cell above and this one. */
  readonly headings: readonly IHeading[];
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
  let headings: readonly IHeading[] = [];
  for (const cell of model && !model.isDisposed ? model.cells : []) {
    if (typed && idOf(cell) === typedCellId) {
      seen.push(typed);
      headings = [];
      continue;
    }
    const content = contentOf(cell);
    if (content.isCode) {
      const { count, definingLine, firstLine, text } = content;
      const old = before[seen.length];
      const isSame = old?.text === text && areSame(old.headings, headings);
      seen.push(isSame ? old : { text, firstLine, definingLine, headings, count });
      headings = [];
    } else if (content.headings.length > 0) {
      headings = [...headings, ...content.headings];
    }
  }
  return seen;
}

/** The execution counts that the cells show; null for a cell that runs. */
export function countsOf(cells: readonly ICellSnapshot[]): Map<string, number | null> {
  return new Map(cells.map(({ count, text }) => [text.id, count === '*' ? null : count]));
}

/** The ids of the cells that run or are queued as the shared document says, whoever runs them. */
export function runningCellIds(cells: readonly ICellSnapshot[]): string[] {
  return cells.filter(({ count }) => count === '*').map(({ text }) => text.id);
}

/** The ids of the cells that are not code, in document order. */
export function otherCellIds(model: INotebookModel | null): string[] {
  const cells = model && !model.isDisposed ? [...model.cells] : [];
  return cells.filter(cell => cell.type !== 'code').map(idOf);
}

function areSame(some: readonly IHeading[], others: readonly IHeading[]): boolean {
  return some.length === others.length && some.every((heading, at) => heading === others[at]);
}

/** The content of one cell, without its neighbours; the same object until it changes. */
type Content =
  | ({ isCode: true } & Pick<ICellSnapshot, 'count' | 'definingLine' | 'firstLine' | 'text'>)
  | { isCode: false; headings: readonly IHeading[] };

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
    return { isCode: false, headings: cell.type === 'markdown' ? headingsIn(source) : [] };
  }
  const { executionCount, executionState } = cell as ICodeCellModel;
  const count = executionState === 'running' ? '*' : executionCount;
  const text = { id: idOf(cell), source };
  const [firstLine, definingLine] = [firstLineOf(source), definingLineOf(source)];
  return { isCode: true, count, firstLine, definingLine, text };
}

/** The headings of a Markdown text, without their markup; a `#` in a block of code is none. */
function headingsIn(source: string): IHeading[] {
  const headings: IHeading[] = [];
  let fence = '';
  for (const line of source.split('\n')) {
    const mark = /^ {0,3}(```|~~~)/.exec(line)?.[1] ?? '';
    if (fence !== '') {
      fence = mark === fence ? '' : fence;
    } else if (mark !== '') {
      fence = mark;
    } else if (/^#{1,6}[ \t]/.test(line)) {
      headings.push({
        level: line.search(/[^#]/),
        text: headingIn(line.slice(0, LONGEST_HEADING))
      });
    }
  }
  return headings.filter(heading => heading.text !== ''); // such as that of a picture
}

/** The most characters of a heading that are looked at: a panel shows fewer. */
const LONGEST_HEADING = 500;

/** The text of a line that is a heading, without its markup. */
function headingIn(line: string): string {
  const text = line.replace(/^#+/, '').trim();
  const end = text.replace(/#+$/, '');
  const unmarked = end === '' || /\s$/.test(end) ? end : text; // `# C#` keeps its `#`
  return withoutLinks(withoutLinks(unmarked.replace(/[*_`]|<[^<>]*>/g, ''))).trim();
}

/** Links and pictures become their text; a picture in a link is no longer one afterwards. */
function withoutLinks(text: string): string {
  return text.replace(/!?\[([^[\]]*)\]\([^()]*\)/g, '$1');
}

/** What is known of each cell by its id. */
export interface ICellVerdicts {
  cell(id: string): CellReport | null;
  remediesOf(id: string): readonly Remedy[];
}

/**
 * The entries of the cells; an entry that did not change stays the same object.
 *
 * The cell `typedCellId` is no longer empty, though its text is read only when it is finished.
 */
export function entriesOf(
  seen: readonly ICellSnapshot[],
  verdicts: ICellVerdicts,
  before: readonly ICellEntry[],
  typedCellId: string | null = null
): readonly ICellEntry[] {
  const reportOf = (id: string): CellReport | null => {
    const report = verdicts.cell(id);
    return id === typedCellId && report?.status === 'empty' ? null : report;
  };
  const entries = seen.map(({ count, definingLine, firstLine, headings, text }, index) => {
    const entry: ICellEntry = {
      id: text.id,
      number: index + 1,
      firstLine,
      definingLine,
      headings,
      shownCount: count,
      report: reportOf(text.id),
      remedies: verdicts.remediesOf(text.id)
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
    one.definingLine === other.definingLine &&
    areSame(one.headings, other.headings) &&
    one.shownCount === other.shownCount &&
    one.report === other.report &&
    one.remedies === other.remedies
  );
}

/**
 * The first line of code, else the first comment.
 *
 * Example: `"# Data\n\nimport os"` gives `"import os"`.
 */
export function firstLineOf(source: string): string {
  const lines = linesOf(source);
  return withNext(codeOf(lines)) || (lines.find(line => line !== '') ?? '').trim();
}

/** The beginning of an import, `%run`, a function, a class or an assignment at the top level of a cell. */
const DEFINING =
  /^(?:%pylab\b|(?:async\s+def|def|class|import|from|%run)\s|[\p{L}_][\p{L}\p{N}_.,\s*:[\]'"]*=(?!=))/u;

/**
 * The first line that looks as if it gives a name a value, else the first line.
 *
 * Example: `"%matplotlib inline\nimport os"` gives `"import os"`.
 */
export function definingLineOf(source: string): string {
  const code = codeOf(linesOf(source));
  const at = code.findIndex(line => DEFINING.test(line));
  return at === -1 ? firstLineOf(source) : withNext(code.slice(at));
}

function linesOf(source: string): string[] {
  return source.split('\n', 200).map(line => line.trimEnd());
}

function codeOf(lines: string[]): string[] {
  return lines.filter(line => !/^\s*(#|$)/.test(line));
}

/** The first line, with the next where it only opens that: `try:` alone, or a bracket. */
function withNext([line = '', next = '']: string[]): string {
  const first = line.trim();
  if (first === 'try:') {
    return `${first} ${next.trim()}`.trim();
  }
  return /[([{]$/.test(first) ? first + next.trim() : first;
}
