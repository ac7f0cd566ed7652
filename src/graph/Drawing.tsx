/** How is the graph drawn from its layout? */

import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import { appearanceOfNode } from './labels';
import { overlap } from './layout';
import type { ILayout, IPath, ISpan } from './layout';
import { NodeBox } from './NodeBox';
import type { IPosition } from './NodeBox';
import { nodeOfCell, relatedTo } from './related';
import type { IShape, Node } from './shape';

export interface IDrawingProps {
  shape: IShape;
  layout: ILayout;
  activeCellId: string | null;
  /** The node under the pointer or with the focus; its paths are highlighted. */
  pointedId: string | null;
  tabStopId: string | null;
  /** What is drawn; null for all. */
  span: ISpan | null;
  /** The cells that the search has found, and the one that it has reached. */
  found: ReadonlySet<string>;
  currentCellId: string | null;
  trans: TranslationBundle;
  onOpen: (node: Node) => void;
}

/** The edges, with the nodes above them; the paths to and from one node are highlighted. */
export function Drawing(props: IDrawingProps): React.ReactElement {
  const { activeCellId, currentCellId, found, layout, pointedId, shape, span, trans } = props;
  const activeId = nodeOfCell(shape, activeCellId);
  const currentId = nodeOfCell(shape, currentCellId);
  const centre = pointedId ?? currentId ?? activeId;
  const related = React.useMemo(() => relatedTo(shape, centre), [shape, centre]);
  const isLit = ({ edge }: IPath): boolean => related.edges.has(edge);
  const near = layout.paths.filter(path => !span || overlap(path.span, span));
  const paths = [...near.filter(path => !isLit(path)), ...near.filter(path => isLit(path))];
  const isNear = ({ id }: Node): boolean => {
    const { height, y } = layout.boxes.get(id)!;
    return !span || id === props.tabStopId || overlap({ top: y, bottom: y + height }, span);
  };
  const positions = React.useMemo(() => positionsOf(shape.nodes), [shape]);
  return (
    <>
      {layout.frames.map(frame => (
        <rect key={frame.y} className="jp-NamespaceViz-frame" {...frame} rx={4} />
      ))}
      <g aria-hidden="true">
        {paths.map(path => (
          <Edge key={`${path.edge.provider} ${path.edge.consumer}`} {...path} isLit={isLit(path)} />
        ))}
      </g>
      {shape.nodes.filter(isNear).map(node => (
        <NodeBox
          key={node.id}
          node={node}
          isRightToLeft={layout.isRightToLeft}
          position={positions.get(node.id)!}
          box={layout.boxes.get(node.id)!}
          isNarrow={layout.isNarrow}
          appearance={appearanceOfNode(node)}
          isActive={node.id === activeId}
          isRelated={related.nodes.has(node.id)}
          found={countOfFound(node, found)}
          isCurrent={node.id === currentId}
          isTabStop={node.id === props.tabStopId}
          trans={trans}
          onOpen={props.onOpen}
        />
      ))}
    </>
  );
}

/** The position of each node among the sections, or the cells of its section; some are not drawn. */
function positionsOf(nodes: readonly Node[]): ReadonlyMap<string, IPosition> {
  const groups = new Map<string | null, string[]>();
  for (const node of nodes) {
    const key = node.kind === 'cell' ? node.sectionId : null;
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push(node.id);
  }
  const positions = [...groups.values()].flatMap(group =>
    group.map((id, index): [string, IPosition] => [id, { index, size: group.length }])
  );
  return new Map(positions);
}

function countOfFound(node: Node, found: ReadonlySet<string>): number {
  if (node.kind === 'cell') {
    return found.has(node.id) ? 1 : 0;
  }
  return node.isFolded ? node.section.cells.filter(({ id }) => found.has(id)).length : 0;
}

function Edge({ count, d, edge, isLit, isUpward }: IPath & { isLit: boolean }): React.ReactElement {
  const modifiers = `${isUpward ? 'jp-mod-upward' : ''} ${isLit ? 'jp-mod-related' : ''}`;
  return (
    <g className={`jp-NamespaceViz-edge ${modifiers}`}>
      <path d={d} markerEnd={`url(#jp-NamespaceViz-arrow${isLit ? '-related' : ''})`} />
      {edge.parts.length > 1 && <text {...count}>{edge.parts.length}</text>}
    </g>
  );
}
