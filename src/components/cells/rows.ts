/** What is each row of the list of cells told, and which rows are drawn together? */

import type { ILane } from './lanes';
import type { ICellEntry } from '../../tokens/models';

/** How a cell stands to the active one: it is what that depends on, or depends on it. */
export type Relation = 'downstream' | 'upstream';

/** What one row shows. */
export interface IRow {
  readonly entry: ICellEntry;
  readonly isActive: boolean;
  /** Whether the Tab key stops at this row; the arrow keys lead to the others. */
  readonly isTabStop: boolean;
  /** The lines that cross the row. */
  readonly lanes: readonly ILane[];
  readonly relation: Relation | null;
}

/** Some rows that follow each other. */
export type Block = readonly IRow[];

/** So many rows are a block: the browser watches where blocks are, and rows would be too many. */
const BLOCK = 10;

/** The rows in blocks; one whose rows show the same as `before` stays the same array. */
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
