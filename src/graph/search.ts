/** Which cells does a search in the graph find? */

import type { ICellEntry } from '../tokens/models';

/**
 * The ids of the cells that define or use a name with this text, or have it in their first line or
 * in a heading above them.
 *
 * In document order, but cells that define exactly this name come first.
 */
export function foundCells(cells: readonly ICellEntry[], text: string): string[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') {
    return [];
  }
  const found = cells.filter(cell => textsOf(cell).some(it => it.toLowerCase().includes(wanted)));
  const defines = ({ report }: ICellEntry): boolean =>
    report?.definitions.some(({ name }) => name.toLowerCase() === wanted) ?? false;
  const isFirst = new Set(found.filter(defines));
  return [...isFirst, ...found.filter(cell => !isFirst.has(cell))].map(({ id }) => id);
}

function textsOf({ firstLine, headings, report }: ICellEntry): string[] {
  const defined = report?.definitions.map(({ name }) => name) ?? [];
  const used = report?.uses.map(({ name }) => name) ?? [];
  const count = report?.execution_count ?? null;
  const shown = count === null ? [] : [`[${count}]`];
  return [firstLine, ...headings.map(it => it.text), ...defined, ...used, ...shown];
}
