/** What is a cell called on screen? Its code, and its count in this kernel. */

import type { TranslationBundle } from '@jupyterlab/translation';
import type { ICellEntry } from '../tokens/models';

/** The most characters of a cell's code that stand for it. */
const MAX_LENGTH = 30;

/** What stands for a cell that the notebook does not have any more. */
export const GONE = '…';

/** What is needed to mention cells in a sentence. */
export interface ICellMentions {
  /** The number of code cells. */
  readonly cellCount: number;
  readonly trans: TranslationBundle;
  /** Missing where cells are out of reach, as in a dialog. */
  readonly goToCell?: (cellId: string) => void;
  entryOf(cellId: string): ICellEntry | null;
}

/** Mentions of these cells. */
export function mentionsOf(
  cells: readonly ICellEntry[],
  trans: TranslationBundle,
  goToCell?: (cellId: string) => void
): ICellMentions {
  const entries = new Map(cells.map(entry => [entry.id, entry]));
  return {
    cellCount: cells.length,
    trans,
    goToCell,
    entryOf: cellId => entries.get(cellId) ?? null
  };
}

/** The code that stands for a cell; its number if it has none. */
export function cellCodeOf({ definingLine, number }: ICellEntry): string {
  return shortened(definingLine, MAX_LENGTH) || String(number);
}

/** The count of a cell's last run in this kernel, with a space before it: ` [3]`. */
export function cellCountOf({ report }: ICellEntry): string {
  const count = report?.execution_count ?? null;
  return count === null ? '' : ` [${count}]`;
}

/** The cell in a text that puts quotes around it, as in Run Dependencies of “import os [3]”. */
export function cellLabelOf(entry: ICellEntry | null): string {
  return entry ? `${cellCodeOf(entry)}${cellCountOf(entry)}` : GONE;
}

/** The cell in plain text, as in "Go to `import os` [3]". */
export function cellNameOf(entry: ICellEntry): string {
  return `\`${cellCodeOf(entry)}\`${cellCountOf(entry)}`;
}

/** The whole line, the place of the cell in the notebook, and whether it failed. */
export function cellTitleOf(entry: ICellEntry, { cellCount, trans }: ICellMentions): string {
  const place = trans.__('cell %1 of %2', entry.number, cellCount);
  const parts = [entry.definingLine, hasFailed(entry) ? trans.__('%1, failed', place) : place];
  return parts.filter(Boolean).join('\n');
}

/** The classes of a mention; red if the cell raised an error in this kernel. */
export function cellClassOf(entry: ICellEntry): string {
  return hasFailed(entry) ? 'jp-NamespaceViz-cellLink jp-mod-failed' : 'jp-NamespaceViz-cellLink';
}

function hasFailed({ report }: ICellEntry): boolean {
  return report?.status === 'failed';
}

/**
 * The beginning of a line, with an ellipsis where something is left out.
 *
 * It ends between two words, unless the line begins with a longer one.
 */
export function shortened(line: string, max: number): string {
  if (line.length <= max) {
    return line;
  }
  const start = line.slice(0, max);
  const isInWord = /^[\p{L}\p{N}_]/u.test(line.slice(max));
  const whole = isInWord ? start.replace(/[\p{L}\p{N}_]+$/u, '') : start;
  return `${(whole || start).replace(/[\s.,(=]+$/, '')}…`;
}
