/** What is a cell called on screen? In a list, what it defines; in a sentence, its code. */

import type { TranslationBundle } from '@jupyterlab/translation';
import type { CellReport, Definition } from '../protocol';
import type { ICellEntry } from '../tokens/models';
import { shortened } from './shortened';

/** The most characters of a cell's code that stand for it, with the ellipsis. */
const MAX_LENGTH = 31;

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

/** Names that say nothing about a cell, unless other cells take them. */
const UNTOLD: readonly Definition['kind'][] = ['loop', 'observed', 'star_import', 'with'];

/** Whether the name says something about the cell that defines it: `_` takes what is not wanted. */
export function isTelling({ kind, name }: Definition): boolean {
  return !UNTOLD.includes(kind) && !/^_+$/.test(name);
}

/**
 * The names that a cell is there for, each once.
 *
 * Imported names come last, and others that are not in `taken`, the names that other cells take from
 * it, before them.
 */
export function definedNamesOf(
  { report }: ICellEntry,
  taken: ReadonlySet<string> = new Set()
): string[] {
  const rankOf = ({ kind, name }: Definition): number =>
    (kind.includes('import') ? 2 : 0) + (taken.has(name) ? 0 : 1);
  const names = (report?.definitions ?? [])
    .filter(it => taken.has(it.name) || isTelling(it))
    .sort((one, other) => rankOf(one) - rankOf(other))
    .map(({ name }) => name);
  return [...new Set(names)];
}

/** What a cell is called in a list: the names that it defines, else the line that stands for it. */
export function cellLabelOf(entry: ICellEntry, taken?: ReadonlySet<string>): string {
  return definedNamesOf(entry, taken).join(', ') || entry.definingLine;
}

/** The code that stands for a cell; its number if it has none. */
export function cellCodeOf({ definingLine, number }: ICellEntry): string {
  return shortened(definingLine, MAX_LENGTH) || String(number);
}

/**
 * The count of a cell in this kernel, as the notebook shows it: `[3]`, `[*]` until its run is reported
 * to have ended; empty if the notebook shows none, or only that of an earlier kernel.
 */
export function countOf(entry: ICellEntry): string {
  const { report, shownCount } = entry;
  if (shownCount === '*' || isInFlight(report)) {
    return '[*]';
  }
  return shownCount === null || !report || hasOldCount(entry) ? '' : `[${shownCount}]`;
}

/** Whether the notebook shows a count, but the cell has not run in this kernel. */
export function hasOldCount({ report, shownCount }: ICellEntry): boolean {
  // The notebook shows the count of a run before the server has reported that it ended.
  return typeof shownCount === 'number' && report?.execution_count === null && !isInFlight(report);
}

function isInFlight(report: CellReport | null): boolean {
  return report?.status === 'queued' || report?.status === 'running';
}

/** The same with a space before it: ` [3]`. */
export function cellCountOf(entry: ICellEntry): string {
  const count = countOf(entry);
  return count && ` ${count}`;
}

/** The cell in a text that puts quotes around it, as in Run Dependencies of “import os [3]”. */
export function quotedNameOf(entry: ICellEntry | null): string {
  return entry ? `${cellCodeOf(entry)}${cellCountOf(entry)}` : GONE;
}

/** The cell in plain text, as in "Go to `import os` [3]". */
export function cellNameOf(entry: ICellEntry): string {
  return `\`${cellCodeOf(entry)}\`${cellCountOf(entry)}`;
}

/** The whole line, the place of the cell in the notebook, whether it failed, and as what it ran. */
export function cellTitleOf(entry: ICellEntry, { cellCount, trans }: ICellMentions): string {
  const place = trans.__('cell %1 of %2', entry.number, cellCount);
  const { definingLine, report, shownCount } = entry;
  const ran = report?.execution_count ?? null;
  // The parts of a cell that was split, and a restored cell, have no count of their own.
  const isUnseen = ran !== null && shownCount !== '*' && shownCount !== ran;
  return [
    definingLine,
    hasFailed(entry) ? trans.__('%1, failed', place) : place,
    isUnseen && !isInFlight(report) ? trans.__('its code ran as [%1]', ran) : ''
  ]
    .filter(Boolean)
    .join('\n');
}

/** The classes of a mention; red if the cell raised an error in this kernel. */
export function cellClassOf(entry: ICellEntry): string {
  return hasFailed(entry) ? 'jp-NamespaceViz-cellLink jp-mod-failed' : 'jp-NamespaceViz-cellLink';
}

function hasFailed({ report }: ICellEntry): boolean {
  return report?.status === 'failed';
}
