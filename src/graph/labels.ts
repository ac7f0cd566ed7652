/** What does a cell or a section of the graph say? */

import type { TranslationBundle } from '@jupyterlab/translation';
import { appearanceOf } from '../appearance/cellAppearance';
import type { Appearance } from '../appearance/cellAppearance';
import type { Definition } from '../protocol';
import type { ICellEntry } from '../tokens/models';
import type { ICellNode, ISectionNode, Node } from './shape';

/** The names that a section without a heading of its own is called after, at most. */
const NAMES_OF_RUN = 3;

/** Names that say nothing about a cell, unless other cells take them. */
const UNTOLD: readonly Definition['kind'][] = ['loop', 'star_import', 'with'];

/** The appearances of cells, the one that a section shows first. */
const URGENCY: readonly Appearance[] = [
  'running',
  'queued',
  'failed',
  'syntax-error',
  'blocked-import',
  'blocked',
  'at-risk',
  'stale',
  'waiting',
  'pending',
  'ready',
  'fresh',
  'not-python',
  'empty'
];

/** The title of a section, or what the cell defines, else its first line. */
export function labelOf(node: Node, trans: TranslationBundle): string {
  return node.kind === 'section' ? titleOf(node, trans) : definedNames(node) || node.cell.firstLine;
}

/** The `[n]` of a cell's last run in this kernel; empty if it has not run. */
export function countOf({ report }: ICellEntry): string {
  const count = report?.execution_count ?? null;
  return count === null ? '' : `[${count}]`;
}

/** The most urgent appearance of a node's cells. */
export function appearanceOfNode(node: Node, activeCellId: string | null): Appearance {
  const cells = node.kind === 'section' ? node.section.cells : [node.cell];
  const shown = new Set(cells.map(cell => appearanceOf(cell.report, cell.id === activeCellId)));
  return URGENCY.find(appearance => shown.has(appearance)) ?? 'pending';
}

/**
 * The text, cut after a whole word if it is longer than `max` characters.
 *
 * Example: `"alpha, beta, gamma"` of at most 14 characters is `"alpha, beta …"`. A word that would
 * leave less than half of the space used is cut.
 */
export function shortened(text: string, max: number): string {
  if (text.length <= max) {
    return text;
  }
  const words = text.slice(0, Math.max(1, max - 1)).match(/^.*(?=[\s,.()[\]=])/)?.[0] ?? '';
  const whole = words.replace(/[\s,.([=]+$/, '');
  return whole.length <= max / 2 ? `${text.slice(0, Math.max(1, max - 1))}…` : `${whole} …`;
}

function titleOf({ gives, section }: ISectionNode, trans: TranslationBundle): string {
  const { cells, run, title } = section;
  if (run === null) {
    return title ?? trans.__('Before the first heading');
  }
  const definitions = cells.flatMap(({ report }) => report?.definitions ?? []);
  const defined = definitions.filter(isTelling).map(({ name }) => name);
  const distinct = [...new Set([...gives, ...defined])];
  const names = distinct.slice(0, NAMES_OF_RUN).join(', ') || (cells[0]?.firstLine ?? '');
  return title === null ? names : `${names} · ${title} (${run})`;
}

function isTelling({ kind }: Definition): boolean {
  return !UNTOLD.includes(kind) && !kind.includes('import');
}

/** Imported names come last, and others that no cell takes before them. */
function definedNames({ cell, gives }: ICellNode): string {
  const taken = new Set(gives);
  const rankOf = ({ kind, name }: Definition): number =>
    (kind.includes('import') ? 2 : 0) + (taken.has(name) ? 0 : 1);
  const names = (cell.report?.definitions ?? [])
    .filter(it => taken.has(it.name) || !UNTOLD.includes(it.kind))
    .sort((one, other) => rankOf(one) - rankOf(other))
    .map(({ name }) => name);
  return [...new Set(names)].join(', ');
}
