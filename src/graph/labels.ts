/** What does a cell or a section of the graph say? */

import type { TranslationBundle } from '@jupyterlab/translation';
import { cellLabelOf, isTelling } from '../appearance/cellNames';
import { appearanceOf } from '../appearance/cellAppearance';
import type { Appearance } from '../appearance/cellAppearance';
import type { ISectionNode, Node } from './shape';

/** The names that a section without a heading of its own is called after, at most. */
const NAMES_OF_RUN = 3;

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
  'unknown',
  'pending',
  'ready',
  'fresh',
  'not-python',
  'empty'
];

/** The title of a section, or what the cell defines, else its first line. */
export function labelOf(node: Node, trans: TranslationBundle): string {
  return node.kind === 'section'
    ? titleOf(node, trans)
    : cellLabelOf(node.cell, new Set(node.gives));
}

/** The most urgent appearance of a node's cells. */
export function appearanceOfNode(node: Node): Appearance {
  const cells = node.kind === 'section' ? node.section.cells : [node.cell];
  const shown = new Set(cells.map(cell => appearanceOf(cell.report)));
  return URGENCY.find(appearance => shown.has(appearance)) ?? 'pending';
}

function titleOf({ gives, section }: ISectionNode, trans: TranslationBundle): string {
  const { cells, run, title } = section;
  if (run === null) {
    return title ?? trans.__('Before the first heading');
  }
  const definitions = cells.flatMap(({ report }) => report?.definitions ?? []);
  const defined = definitions
    .filter(it => isTelling(it) && !it.kind.includes('import'))
    .map(({ name }) => name);
  const distinct = [...new Set([...gives, ...defined])];
  const names = distinct.slice(0, NAMES_OF_RUN).join(', ') || (cells[0]?.firstLine ?? '');
  return title === null ? names : `${names} · ${title} (${run})`;
}
