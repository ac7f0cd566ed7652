/** Cells and edges for the tests of the graph. */

import type { CellReport, Definition, Edge } from '../../protocol';
import type { ICellEntry, IHeading } from '../../tokens/models';
import { cellReport, entryOf } from '../reports';

/** A cell that defines these names: `np!` by an import, `i~` in a loop, others by assignment. */
export function cell(
  id: string,
  names = '',
  headings: readonly IHeading[] = [],
  report: Partial<CellReport> = {}
): ICellEntry {
  const kindOf = (name: string): Definition['kind'] =>
    name.endsWith('!') ? 'import' : name.endsWith('~') ? 'loop' : 'assignment';
  const definitions = names
    .split(' ')
    .filter(Boolean)
    .map(name => ({ name: name.replace(/[!~]$/, ''), kind: kindOf(name), certain: true }));
  return entryOf(cellReport(id, { definitions, ...report }), {
    firstLine: `line of ${id}`,
    headings
  });
}

/** Cells `c0`, `c1`, …; `## Data` above `c2` is written `{ 2: '## Data' }`, several with `|`. */
export function cells(count: number, headings: Record<number, string> = {}): ICellEntry[] {
  return Array.from({ length: count }, (_, index) => {
    const lines = (headings[index] ?? '').split('|').filter(Boolean);
    const above = lines.map(line => ({ level: line.indexOf(' '), text: line.replace(/^#+ /, '') }));
    return cell(`c${index}`, '', above);
  });
}

/** `a>b:x,y` is the edge that hands on `x` and `y` from `a` to `b`. */
export function edges(...written: string[]): Edge[] {
  return written.map(text => {
    const [, provider = '', consumer = '', names = ''] = /^(.*)>(.*):(.*)$/.exec(text) ?? [];
    return { provider, consumer, names: names.split(',') };
  });
}
