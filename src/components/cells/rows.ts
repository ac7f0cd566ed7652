/** What does each row of the list of cells show, and which rows form a block? */

import type { ILane } from './lanes';
import type { ICellEntry } from '../../tokens/models';

/** The active cell depends on an `upstream` cell; a `downstream` cell depends on the active one. */
export type Relation = 'downstream' | 'upstream';

/** What one row shows. */
export interface IRow {
  readonly entry: ICellEntry;
  readonly isActive: boolean;
  /** Whether the Tab key stops at this row; the arrow keys reach the others. */
  readonly isTabStop: boolean;
  /** The lines that cross the row. */
  readonly lanes: readonly ILane[];
  readonly relation: Relation | null;
}

/** Some consecutive rows. */
export type Block = readonly IRow[];

/** Rows in a block. The browser observes blocks, because there are too many rows to observe. */
const BLOCK = 10;

/** The rows in blocks; a block that equals the one in `before` stays the same array. */
export function blocksOf(rows: readonly IRow[], before: readonly Block[]): Block[] {
  const blocks: Block[] = [];
  for (let first = 0; first < rows.length; first += BLOCK) {
    const block = rows.slice(first, first + BLOCK);
    const old = before[blocks.length];
    blocks.push(old && isSameBlock(old, block) ? old : block);
  }
  return blocks;
}

function isSameBlock(one: Block, other: Block): boolean {
  return one.length === other.length && one.every((row, index) => isSameRow(row, other[index]));
}

function isSameRow(one: IRow, other: IRow | undefined): boolean {
  return (
    one.entry === other?.entry &&
    one.isActive === other.isActive &&
    one.isTabStop === other.isTabStop &&
    one.lanes === other.lanes &&
    one.relation === other.relation
  );
}
