/** Which rows does the list of cells have: a row for each heading, and one for each cell? */

import type { TranslationBundle } from '@jupyterlab/translation';
import { cellLabelOf, cellTitleOf, countOf, hasOldCount } from '../../appearance/cellNames';
import type { ICellMentions } from '../../appearance/cellNames';
import { appearanceOf, isLoud, statusOf } from '../../appearance/cellAppearance';
import { plainTextOf } from '../../appearance/wording';
import type { IRelatedCells } from '../../model/relatedCells';
import type { ICellEntry, IHeading } from '../../tokens/models';
import type { ITreeRow } from '../elements/treeRows';

/** The active cell depends on an `upstream` cell; a `downstream` cell depends on the active one. */
export type Relation = 'downstream' | 'upstream';

/** The row of one cell. */
export interface ICellRow extends ITreeRow {
  readonly kind: 'cell';
  readonly entry: ICellEntry;
}

/** The row of a heading, above those of the cells up to the next heading of its level or a higher one. */
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
  mentions: ICellMentions;
}

/** The rows on screen, in order: those of a folded section are left out. */
export function rowsOf(cells: readonly ICellEntry[], choice: IRowChoice): Row[] {
  return shownIn(contentOf(cells), 1, choice);
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

interface ISection {
  key: string;
  heading: IHeading;
  /** Its cells and the sections below it, in order. */
  content: (ICellEntry | ISection)[];
}

/** The cells and sections of a notebook: a section reaches to the next heading that is not lower. */
function contentOf(cells: readonly ICellEntry[]): ISection['content'] {
  const content: ISection['content'] = [];
  const open: ISection[] = [];
  const contentHere = (): ISection['content'] => open.at(-1)?.content ?? content;
  for (const cell of cells) {
    cell.headings.forEach((heading, index) => {
      while ((open.at(-1)?.heading.level ?? 0) >= heading.level) {
        open.pop();
      }
      const section = { key: `section ${cell.id} ${index}`, heading, content: [] };
      contentHere().push(section);
      open.push(section);
    });
    contentHere().push(cell);
  }
  return content;
}

function shownIn(content: ISection['content'], level: number, choice: IRowChoice): Row[] {
  return content.flatMap((part): Row[] => {
    if (!('content' in part)) {
      return [cellRowOf(part, level, choice)];
    }
    const section = sectionRowOf(part, level, choice);
    return section.isUnfolded ? [section, ...shownIn(part.content, level + 1, choice)] : [section];
  });
}

function cellsIn({ content }: ISection): ICellEntry[] {
  return content.flatMap(part => ('content' in part ? cellsIn(part) : [part]));
}

function sectionRowOf(
  section: ISection,
  level: number,
  { mentions: { trans }, unfolded }: IRowChoice
): ISectionRow {
  const { heading, key } = section;
  const cells = cellsIn(section);
  const isUnfolded = unfolded.get(key) ?? true;
  const loud = cells.filter(({ report }) => isLoud(appearanceOf(report)));
  const loudCount = isUnfolded ? 0 : loud.length;
  const count = trans._n('%1 cell needs attention', '%1 cells need attention', loudCount);
  return {
    kind: 'section',
    key,
    level,
    isUnfolded,
    name: loudCount > 0 ? `${heading.text}, ${count}` : heading.text,
    title: loudCount > 0 ? `${heading.text}\n${count}` : heading.text,
    className: 'jp-NamespaceViz-section',
    heading: heading.text,
    loudCount,
    cellIds: cells.map(({ id }) => id)
  };
}

function cellRowOf(
  entry: ICellEntry,
  level: number,
  { activeCellId, mentions, related, unfolded }: IRowChoice
): ICellRow {
  const { id, report } = entry;
  const { trans } = mentions;
  const isUnfolded = unfolded.get(id) ?? id === activeCellId;
  const appearance = appearanceOf(report);
  const relation = relationOf(id, related);
  const isQuiet = appearance === 'waiting' && !isUnfolded;
  // The texts are made only of rows that are drawn.
  const status = (): string => statusOf(report, appearance, trans);
  const message = (): string | undefined =>
    report?.message && !isQuiet ? plainTextOf(report.message, mentions) : undefined;
  return {
    kind: 'cell',
    key: id,
    level,
    isUnfolded,
    get name() {
      return [
        cellLabelOf(entry) || trans.__('Empty cell'),
        status(),
        countNameOf(entry, trans),
        relation && relationNameOf(relation, trans)
      ]
        .filter(part => part)
        .join(', ');
    },
    get description() {
      return message();
    },
    get title() {
      return [cellTitleOf(entry, mentions), message() ?? status()].join('\n');
    },
    className: [
      `jp-mod-${appearance}`,
      isLoud(appearance) ? 'jp-mod-loud' : '',
      relation ? `jp-mod-${relation}` : ''
    ].join(' '),
    entry
  };
}

/** What a screen reader says of the count. */
function countNameOf(entry: ICellEntry, trans: TranslationBundle): string {
  if (hasOldCount(entry)) {
    return trans.__('[%1] from an earlier kernel', entry.shownCount);
  }
  const count = countOf(entry);
  return count === '[*]' ? '' : count; // the status says it
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
