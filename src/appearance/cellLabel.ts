/** How is a cell named in a text? */

import type { TranslationBundle } from '@jupyterlab/translation';
import type { ICellEntry } from '../tokens/models';

/** The longest code in a name; longer code is cut. */
const MAX_LENGTH = 40;

/** The first line of the cell, and the execution count that it has in this kernel: `x = 1 [3]`. */
export function cellLabelOf(
  entry: ICellEntry | null | undefined,
  trans: TranslationBundle
): string {
  const code = entry?.firstLine.trim() ?? '';
  if (code === '') {
    return trans.__('empty cell');
  }
  const label = code.length > MAX_LENGTH ? `${code.slice(0, MAX_LENGTH - 1)}…` : code;
  const count = entry?.report?.execution_count ?? null;
  return count === null ? label : `${label} [${count}]`;
}
