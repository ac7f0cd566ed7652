/** How is the drawing scrolled, zoomed, and used with the keyboard? */

import * as React from 'react';
import { keyAlong } from '../components/elements/direction';
import { Drawing } from './Drawing';
import type { IDrawingProps } from './Drawing';
import { nodeOfCell } from './related';
import { show, useSpan, useView, useWheel } from './scrolling';
import type { IView } from './scrolling';
import type { Node } from './shape';

export interface IStageProps extends Omit<
  IDrawingProps,
  'layout' | 'onOpen' | 'pointedId' | 'span' | 'tabStopId'
> {
  /** Null until the width of the view is known. */
  layout: IDrawingProps['layout'] | null;
  scale: number;
  svg: React.RefObject<SVGSVGElement>;
  /** Whether all is drawn, not only what is near the view. */
  isWhole: boolean;
  /** How often the user went on in the search. */
  steps: number;
  onView: (view: IView) => void;
  onZoom: (factor: number) => void;
  goToCell: (cellId: string) => void;
  fold: (sectionId: string, isFolded: boolean) => void;
}

/** The drawing as a tree of sections and cells, in an element that scrolls. */
export function Stage(props: IStageProps): React.ReactElement {
  const { activeCellId, currentCellId, fold, goToCell, layout, scale, shape, svg } = props;
  const view = React.useRef<HTMLDivElement>(null);
  const [focusedId, setFocusedId] = React.useState<string | null>(null);
  const [pointedId, setPointedId] = React.useState<string | null>(null);
  const [hasFocus, setHasFocus] = React.useState(false);
  const span = useSpan(view, scale);
  const wanted = React.useRef<string | null>(null);
  useView(view, props.onView);
  useWheel(view, props.onZoom);
  const { nodes } = shape;
  const isThere = (id: string | null): boolean => nodes.some(node => node.id === id);
  const tabStopId = isThere(focusedId) ? focusedId : (nodes[0]?.id ?? null);
  const onOpen = React.useCallback(
    (node: Node): void =>
      node.kind === 'cell' ? goToCell(node.id) : fold(node.id, !node.isFolded),
    [goToCell, fold]
  );
  const focus = (id: string | undefined): void => {
    wanted.current = id ?? null;
    setFocusedId(id ?? focusedId);
  };
  React.useLayoutEffect(() => {
    // It is drawn by now, as the tab stop.
    if (wanted.current !== null && wanted.current === focusedId) {
      const selector = `[data-node-id="${CSS.escape(focusedId)}"]`;
      svg.current?.querySelector<SVGElement>(selector)?.focus({ preventScroll: true });
      reveal(focusedId);
      wanted.current = null;
    }
  });
  const reveal = (nodeId: string | null): void => {
    const box = layout?.boxes.get(nodeId ?? '');
    if (view.current && box) {
      show(view.current, box.y * scale, box.height * scale);
    }
  };
  const currentId = nodeOfCell(shape, currentCellId);
  React.useEffect(() => reveal(currentId), [currentId, props.steps]);
  const isReady = layout !== null;
  React.useEffect(() => reveal(nodeOfCell(shape, activeCellId)), [isReady]);
  const onKeyDown = (event: React.KeyboardEvent): void => {
    const index = nodes.findIndex(({ id }) => id === tabStopId);
    const action =
      index < 0 ? undefined : actionsAt(nodes, index, focus, fold, onOpen)[keyAlong(event)];
    if (action && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      event.stopPropagation();
      action();
    }
  };
  return (
    <div ref={view} className="jp-NamespaceViz-graphView">
      <svg
        ref={svg}
        className="jp-NamespaceViz-graph"
        role="tree"
        aria-label={props.trans.__('Dependency graph')}
        width={(layout?.width ?? 0) * scale}
        height={(layout?.height ?? 0) * scale}
        viewBox={`0 0 ${layout?.width ?? 0} ${layout?.height ?? 0}`}
        onKeyDown={onKeyDown}
        onFocus={event => {
          setFocusedId(nodeIdAt(event));
          setHasFocus(event.target.matches(':focus-visible'));
        }}
        onBlur={() => setHasFocus(false)}
        onPointerOver={event => setPointedId(nodeIdAt(event))}
        onPointerLeave={() => setPointedId(null)}
      >
        <defs>
          <Arrow id="jp-NamespaceViz-arrow" />
          <Arrow id="jp-NamespaceViz-arrow-related" />
        </defs>
        {layout && (
          <Drawing
            {...props}
            layout={layout}
            pointedId={pointedId ?? (hasFocus ? focusedId : null)}
            tabStopId={tabStopId}
            span={props.isWhole ? null : span}
            onOpen={onOpen}
          />
        )}
      </svg>
    </div>
  );
}

/** The keys of a tree; Enter goes to a cell, or folds and unfolds a section. */
function actionsAt(
  nodes: readonly Node[],
  index: number,
  focus: (id: string | undefined) => void,
  fold: IStageProps['fold'],
  onOpen: (node: Node) => void
): Record<string, () => void> {
  const node = nodes[index]!;
  const open = (): void => onOpen(node);
  return {
    ArrowDown: () => focus(nodes[index + 1]?.id),
    ArrowUp: () => focus(nodes[index - 1]?.id),
    Home: () => focus(nodes[0]?.id),
    End: () => focus(nodes[nodes.length - 1]?.id),
    ArrowRight: () => {
      if (node.kind === 'section') {
        return node.isFolded ? fold(node.id, false) : focus(nodes[index + 1]?.id);
      }
    },
    ArrowLeft: () => {
      if (node.kind === 'cell') {
        return focus(node.sectionId ?? undefined);
      }
      return node.isFolded ? undefined : fold(node.id, true);
    },
    Enter: open,
    ' ': open
  };
}

function nodeIdAt({ target }: { target: EventTarget }): string | null {
  const node = (target as Element).closest<SVGElement>('[data-node-id]');
  return node?.dataset.nodeId ?? null;
}

function Arrow({ id }: { id: string }): React.ReactElement {
  return (
    <marker
      id={id}
      viewBox="0 0 8 8"
      refX="7.5"
      refY="4"
      markerUnits="userSpaceOnUse"
      markerWidth="9"
      markerHeight="9"
      orient="auto"
    >
      <path className={id} d="M0,0.8 L7.2,4 L0,7.2 z" />
    </marker>
  );
}
