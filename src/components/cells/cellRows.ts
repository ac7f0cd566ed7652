/** Which rows does the list of cells have: a row for each heading, and one for each cell? */

import type { TranslationBundle } from '@jupyterlab/translation';
import { appearanceOf, isLoud, statusOf } from '../../appearance/cellAppearance';
import { plainTextOf } from '../../appearance/wording';
import type { IRelatedCells } from '../../model/relatedCells';
import type { ICellEntry } from '../../tokens/models';
import type { ITreeRow } from '../elements/treeRows';

/** The active cell depends on an `upstream` cell; a `downstream` cell depends on the active one. */
export type Relation = 'downstream' | 'upstream';

/** The row of one cell. */
export interface ICellRow extends ITreeRow {
  readonly kind: 'cell';
  readonly entry: ICellEntry;
  readonly isActive: boolean;
}

/** The row of a heading, above those of the cells between it and the next heading. */
export interface ISectionRow extends ITreeRow {
  readonly kind: 'section';
  readonly heading: string;
  /** How many of its cells need attention, while they are folded away; else 0. */
  readonly loudCount: number;
  /** The ids of its cells. */
  readonly cellIds: readonly string[];
}

export type Row = ICellRow | ISectionRow;

export interface IRowChoice {
  activeCellId: string | null;
  related: IRelatedCells | null;
  /** What the user folded or unfolded, by key; without it a section, and the active cell, is unfolded. */
  unfolded: ReadonlyMap<string, boolean>;
  trans: TranslationBundle;
}

/** The rows on screen, in order: those of a folded section are left out. */
export function rowsOf(cells: readonly ICellEntry[], choice: IRowChoice): Row[] {
  return sectionsOf(cells).flatMap(({ cells, heading }) => {
    if (heading === null) {
      return cells.map(entry => cellRowOf(entry, 1, choice));
    }
    const section = sectionRowOf(heading, cells, choice);
    return section.isUnfolded
      ? [section, ...cells.map(entry => cellRowOf(entry, 2, choice))]
      : [section];
  });
}

/** The key of the row that stands for each cell: its own, or that of its folded section. */
export function rowKeysOf(rows: readonly Row[]): Map<string, string> {
  const keys = rows.flatMap(row =>
    row.kind === 'cell'
      ? [[row.entry.id, row.key] as const]
      : row.isUnfolded
        ? []
        : row.cellIds.map(id => [id, row.key] as const)
  );
  return new Map(keys);
}

/** What the row of a cell is called: the names that it defines, else its first line. */
export function labelOf({ firstLine, report }: ICellEntry): { text: string; isNames: boolean } {
  // A loop's variable is not what the cell is for.
  const names = (report?.definitions ?? [])
    .filter(({ kind }) => kind !== 'loop')
    .map(({ name }) => name);
  return names.length > 0
    ? { text: [...new Set(names)].join(', '), isNames: true }
    : { text: firstLine, isNames: false };
}

interface ISection {
  heading: string | null;
  cells: ICellEntry[];
}

function sectionsOf(cells: readonly ICellEntry[]): ISection[] {
  const sections: ISection[] = [];
  for (const cell of cells) {
    const last = sections.at(-1);
    if (last && cell.heading === null) {
      last.cells.push(cell);
    } else {
      sections.push({ heading: cell.heading, cells: [cell] });
    }
  }
  return sections;
}

function sectionRowOf(
  heading: string,
  cells: readonly ICellEntry[],
  { activeCellId, trans, unfolded }: IRowChoice
): ISectionRow {
  const key = `section ${cells[0]?.id}`;
  const isUnfolded = unfolded.get(key) ?? true;
  const loud = cells.filter(({ id, report }) => isLoud(appearanceOf(report, id === activeCellId)));
  const loudCount = isUnfolded ? 0 : loud.length;
  const count = trans._n('%1 cell needs attention', '%1 cells need attention', loudCount);
  return {
    kind: 'section',
    key,
    level: 1,
    isUnfolded,
    name: loudCount > 0 ? `${heading}, ${count}` : heading,
    title: loudCount > 0 ? `${heading}\n${count}` : heading,
    className: 'jp-NamespaceViz-section',
    heading,
    loudCount,
    cellIds: cells.map(({ id }) => id)
  };
}

function cellRowOf(
  entry: ICellEntry,
  level: number,
  { activeCellId, related, trans, unfolded }: IRowChoice
): ICellRow {
  const { firstLine, id, number, report } = entry;
  const isActive = id === activeCellId;
  const appearance = appearanceOf(report, isActive);
  const relation = relationOf(id, related);
  const status = statusOf(report, appearance, trans);
  const isQuiet = appearance === 'waiting';
  const message = report?.message && !isQuiet ? plainTextOf(report.message) : undefined;
  const place = trans.__('Cell %1', number);
  return {
    kind: 'cell',
    key: id,
    level,
    isUnfolded: unfolded.get(id) ?? isActive,
    name: [
      labelOf(entry).text || trans.__('Empty cell'),
      status,
      countNameOf(entry, trans),
      relation && relationNameOf(relation, trans)
    ]
      .filter(part => part)
      .join(', '),
    description: message,
    title: [`${place}: ${firstLine}`, message ?? status].join('\n'),
    className: [
      `jp-mod-${appearance}`,
      isLoud(appearance) ? 'jp-mod-loud' : '',
      relation ? `jp-mod-${relation}` : ''
    ].join(' '),
    entry,
    isActive
  };
}

/** What a screen reader says of the count. */
function countNameOf({ report, shownCount }: ICellEntry, trans: TranslationBundle): string {
  const count = report?.execution_count ?? null;
  if (shownCount === '*') {
    return '';
  }
  if (count !== null) {
    return `[${count}]`;
  }
  return shownCount === null ? '' : trans.__('[%1] from an earlier kernel', shownCount);
}

function relationNameOf(relation: Relation, trans: TranslationBundle): string {
  return relation === 'upstream'
    ? trans.__('the active cell depends on it')
    : trans.__('it depends on the active cell');
}

function relationOf(id: string, related: IRelatedCells | null): Relation | null {
  if (related?.upstream.has(id)) {
    return 'upstream';
  }
  return related?.downstream.has(id) ? 'downstream' : null;
}
