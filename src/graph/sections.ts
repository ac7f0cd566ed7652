/** Into which sections are the cells of a notebook grouped? */

import type { Edge } from '../protocol';
import type { ICellEntry } from '../tokens/models';

/** Consecutive cells below a heading, or a run of consecutive cells. */
export interface ISection {
  /** Unique among the ids of sections and cells. */
  readonly id: string;
  /** The headings above the first cell; null for cells above the first heading. */
  readonly title: string | null;
  /** Which run of its cells a long section is, counting from 1; null if it is not divided. */
  readonly run: number | null;
  readonly cells: readonly ICellEntry[];
}

/** Headings of a lower level begin no section where there would be more sections than these. */
const MAX_SECTIONS = 24;

/** With fewer sections than these, headings of the next level begin sections too. */
const MIN_SECTIONS = 4;

/** Longer sections are divided into runs. */
const MAX_CELLS = 30;

/** The fewest, the usual and the most cells of a run. */
const RUN = { min: 4, usual: 8, max: 12 };

/**
 * The sections of a notebook, in document order; none for a short notebook without headings.
 *
 * Sections begin at headings. More than 30 cells are divided at the headings of the next level, or
 * where there are none, into runs, such that the fewest edges go from run to run.
 */
export function sectionsOf(cells: readonly ICellEntry[], edges: readonly Edge[]): ISection[] {
  const headed = sectionsAt(levelOf(cells), { title: null, cells });
  if (headed.length < 2 && cells.length <= MAX_CELLS) {
    return [];
  }
  return headed.flatMap(section => {
    const runs = section.cells.length > MAX_CELLS ? runsOf(section.cells, edges) : [section.cells];
    return runs.map((run, index) => ({
      id: `section ${run[0]!.id}`,
      title: section.title,
      run: runs.length > 1 ? index + 1 : null,
      cells: run
    }));
  });
}

type Titled = Pick<ISection, 'cells' | 'title'>;

/** The parts of a section that begin at headings of this level, or where still long, of the next. */
function sectionsAt(level: number, section: Titled): Titled[] {
  const parts: { title: string | null; cells: ICellEntry[] }[] = [];
  for (const cell of section.cells) {
    const titles = cell.headings.filter(heading => heading.level <= level).map(({ text }) => text);
    const last = parts[parts.length - 1];
    if (!last || titles.length > 0) {
      parts.push({ title: titles.join(' › ') || section.title, cells: [cell] });
    } else {
      last.cells.push(cell);
    }
  }
  return parts.flatMap(part =>
    part.cells.length > MAX_CELLS && level < 6 ? sectionsAt(level + 1, part) : [part]
  );
}

/** The lowest level of headings that begin sections. */
function levelOf(cells: readonly ICellEntry[]): number {
  const counted = [1, 2, 3, 4, 5, 6].map(level => ({
    level,
    count: cells.filter(({ headings }) => headings.some(it => it.level <= level)).length
  }));
  const few = counted.filter(({ count }) => count <= MAX_SECTIONS).pop();
  const enough = counted.find(({ count }) => count >= MIN_SECTIONS);
  return Math.max(few?.level ?? 1, enough?.level ?? 6);
}

/** The cells in runs, such that the fewest edges go from run to run. */
function runsOf(cells: readonly ICellEntry[], edges: readonly Edge[]): ICellEntry[][] {
  const cut = edgesCutBefore(cells, edges);
  // The cheapest division of the first `end` cells: its cost, and where its last run begins.
  const best = [{ cost: 0, begin: 0 }];
  for (let end = 1; end <= cells.length; end++) {
    let cheapest = { cost: Infinity, begin: 0 };
    for (let begin = Math.max(0, end - RUN.max); begin <= Math.max(0, end - RUN.min); begin++) {
      const unusual = (end - begin - RUN.usual) ** 2 / 16;
      const cost = best[begin]!.cost + cut[begin]! + unusual;
      cheapest = cost < cheapest.cost ? { cost, begin } : cheapest;
    }
    best.push(cheapest);
  }
  const runs: ICellEntry[][] = [];
  for (let end = cells.length; end > 0; end = best[end]!.begin) {
    runs.unshift(cells.slice(best[end]!.begin, end));
  }
  return runs;
}

/** How many edges a division before each cell would cut. */
function edgesCutBefore(cells: readonly ICellEntry[], edges: readonly Edge[]): number[] {
  const indexes = new Map(cells.map(({ id }, index) => [id, index]));
  const changes = new Array<number>(cells.length + 1).fill(0);
  for (const { consumer, provider } of edges) {
    const ends = [indexes.get(provider), indexes.get(consumer)];
    const [from, to] = [Math.min(...ends.map(Number)), Math.max(...ends.map(Number))];
    if (from < to) {
      changes[from + 1]! += 1;
      changes[to + 1]! -= 1;
    }
  }
  let sum = 0;
  return changes.slice(0, cells.length).map(change => (sum += change));
}
