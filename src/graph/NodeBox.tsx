/** How is a cell, or a section, of the graph drawn? */

import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import { wordOf } from '../appearance/cellAppearance';
import type { Appearance } from '../appearance/cellAppearance';
import { appearanceIcons } from '../appearance/icons';
import { countOf } from '../appearance/cellNames';
import type { ICellMentions } from '../appearance/cellNames';
import { shortened } from '../appearance/shortened';
import { plainTextOf } from '../appearance/wording';
import { useMentions } from '../components/elements/CellLink';
import { labelOf } from './labels';
import type { IBox } from './layout';
import type { Node } from './shape';

/** At most the width of a usual character, by the style of the text. */
const CHARACTER = { code: 7.9, title: 8.4, small: 6.6 };

const ICON = 16;
const PAD = 10;
const GAP = 14;

/** What a node takes is left out where less room is left. */
const MIN_NOTE = 60;

/** Where a node is among those of its level; `index` counts from 0. */
export interface IPosition {
  readonly index: number;
  readonly size: number;
}

export interface INodeBoxProps {
  node: Node;
  position: IPosition;
  box: IBox;
  isNarrow: boolean;
  isRightToLeft: boolean;
  appearance: Appearance;
  isActive: boolean;
  isRelated: boolean;
  /** How many cells of it the search has found, and whether the current one is among them. */
  found: number;
  isCurrent: boolean;
  /** Whether Tab leads to it; the arrow keys lead to the others. */
  isTabStop: boolean;
  trans: TranslationBundle;
  onOpen: (node: Node) => void;
}

/** A box with the icon of the status, the label, what the node takes, and the status in words. */
export const NodeBox = React.memo((props: INodeBoxProps): React.ReactElement => {
  const { appearance, box, isNarrow, isRightToLeft, node, onOpen, trans } = props;
  const mentions = useMentions();
  const isSection = node.kind === 'section';
  const label = labelOf(node, trans);
  const count = isSection ? '' : countOf(node.cell);
  const start = [count, label].filter(Boolean).join(' ');
  const takes = node.takes.length > 0 ? trans.__('uses %1', node.takes.join(', ')) : '';
  const end = endOf(props);
  const lines = isNarrow ? [17, 36] : [box.height / 2 + 4.5, box.height / 2 + 4.5];
  const iconX = isSection ? 26 : PAD;
  const textX = iconX + ICON + 8;
  /** The place of something so wide that is `x` away from where the box begins. */
  const place = (x: number, width = 0): number => (isRightToLeft ? box.width - x - width : x);
  const x = place(textX);
  const character = isSection ? CHARACTER.title : CHARACTER.code;
  const room = box.width - textX - PAD;
  const roomBeforeEnd = room - end.length * CHARACTER.small - 2 * PAD;
  const startRoom = isNarrow ? room : takes ? roomBeforeEnd * 0.6 : roomBeforeEnd;
  const shownStart = shortened(start, Math.floor(startRoom / character));
  const takesRoom = isNarrow ? roomBeforeEnd : roomBeforeEnd - shownStart.length * character - GAP;
  const shownTakes =
    takesRoom > MIN_NOTE ? shortened(takes, Math.floor(takesRoom / CHARACTER.small)) : '';
  // The name has the words in view, and in their order; the spaces below set them apart.
  const shown = [shownStart, shownTakes, end].filter(Boolean);
  const more = [start, takes].filter(text => text !== '' && !shown.includes(text));
  const description = [...more, ...descriptionOf(props, start, mentions)];
  return (
    <g
      className={classOf(props)}
      transform={`translate(${box.x},${box.y})`}
      role="treeitem"
      aria-level={isSection || node.sectionId === null ? 1 : 2}
      aria-posinset={props.position.index + 1}
      aria-setsize={props.position.size}
      aria-expanded={isSection ? !node.isFolded : undefined}
      aria-current={props.isActive ? 'true' : undefined}
      aria-label={shown.join(', ')}
      aria-description={description.join(', ') || undefined}
      tabIndex={props.isTabStop ? 0 : -1}
      data-node-id={node.id}
      onClick={() => onOpen(node)}
    >
      <title>{[...shown, ...description].filter(Boolean).join('\n')}</title>
      <rect className="jp-NamespaceViz-nodeBox" width={box.width} height={box.height} rx={4} />
      <rect
        className="jp-NamespaceViz-nodeBar"
        x={place(1, 4)}
        y={1}
        width={4}
        height={box.height - 2}
      />
      {isSection && (
        <path
          className="jp-NamespaceViz-nodeFold"
          d={node.isFolded ? 'M0,-5 L6,0 L0,5 z' : 'M-2,-3 L8,-3 L3,3 z'}
          transform={`translate(${place(12)},${lines[0]! - 4.5})${isRightToLeft ? ' scale(-1,1)' : ''}`}
        />
      )}
      <g
        className={`jp-NamespaceViz-nodeIcon jp-mod-${appearance}`}
        transform={`translate(${place(iconX, ICON)},${lines[0]! - 12.5})`}
        dangerouslySetInnerHTML={{
          __html: appearanceIcons[appearance].svgstr.replace('<svg', '<svg height="16"')
        }}
      />
      <text className={`jp-NamespaceViz-nodeLabel jp-mod-${node.kind}`} x={x} y={lines[0]}>
        {isRightToLeft ? isolated(shownStart) : shownStart}
        <tspan
          className="jp-NamespaceViz-nodeNote"
          {...(isNarrow ? { x, y: lines[1] } : { dx: isRightToLeft ? -GAP : GAP })}
        >
          {shownTakes && ` ${shownTakes}`}
        </tspan>
      </text>
      <text
        className="jp-NamespaceViz-nodeNote"
        x={place(box.width - PAD)}
        y={lines[1]}
        textAnchor="end"
      >
        {` ${end}`}
      </text>
    </g>
  );
});
NodeBox.displayName = 'NodeBox';

/** Code, or a heading, in its own direction: between Unicode's FIRST STRONG ISOLATE and its end. */
function isolated(text: string): string {
  return `\u2068${text}\u2069`;
}

/** The text at the end: how many cells, how many of them are found, and the status. */
function endOf({ appearance, found, node, trans }: INodeBoxProps): string {
  const word = wordOf(appearance, trans);
  if (node.kind === 'cell') {
    return word;
  }
  const { length } = node.section.cells;
  const parts = [trans._n('%1 cell', '%1 cells', length), word];
  return (found > 0 ? [trans.__('%1 found', found), ...parts] : parts).join(' · ');
}

/** What there is no room for: the first line, what others take, and the reason for the status. */
function descriptionOf(
  { node, trans }: INodeBoxProps,
  start: string,
  mentions: ICellMentions
): string[] {
  const gives = node.gives.length > 0 ? trans.__('defines %1', node.gives.join(', ')) : '';
  const cell = node.kind === 'cell' ? node.cell : null;
  const line = cell && !start.endsWith(cell.firstLine) ? cell.firstLine : '';
  return [line, gives, plainTextOf(cell?.report?.message ?? '', mentions)].filter(Boolean);
}

function classOf(props: INodeBoxProps): string {
  const { appearance, found, isActive, isCurrent, isRelated, node } = props;
  return [
    'jp-NamespaceViz-node',
    `jp-mod-${node.kind}`,
    `jp-mod-${appearance}`,
    isActive && 'jp-mod-active',
    isRelated && 'jp-mod-related',
    found > 0 && 'jp-mod-found',
    isCurrent && 'jp-mod-current'
  ]
    .filter(Boolean)
    .join(' ');
}
