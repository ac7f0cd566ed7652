/** What does the graph view consist of? */

import type { TranslationBundle } from '@jupyterlab/translation';
import type { ELK } from 'elkjs/lib/elk-api';
import * as React from 'react';
import { EmptyState } from '../components/elements/EmptyState';
import type { Edge } from '../protocol';
import type { ICellEntry } from '../tokens/models';
import { Drawing } from './Drawing';
import type { ExportFormat } from './exportGraph';
import { CELL, layoutOf } from './layout';
import type { ILayout } from './layout';
import { keyOf, shapeOf } from './shape';
import type { IShape } from './shape';
import { viewOf, Zoom } from './zoom';

export interface IGraphViewProps {
  cells: readonly ICellEntry[];
  /** Null until the server has sent them. */
  edges: readonly Edge[] | null;
  activeCellId: string | null;
  elk: ELK;
  trans: TranslationBundle;
  goToCell: (cellId: string) => void;
  /** Saves the drawing, or the graph in the format of another program. */
  exportAs: (format: ExportFormat, svg: SVGSVGElement, layout: ILayout) => void;
}

/** The names of the formats, which are not translated. */
const EXPORTS: Record<ExportFormat, string> = {
  svg: 'SVG',
  png: 'PNG',
  mermaid: 'Mermaid',
  dot: 'DOT'
};

/** A toolbar, and the drawing, which can be moved and zoomed. */
export function GraphView(props: IGraphViewProps): React.ReactElement {
  const { cells, edges, elk, exportAs, trans } = props;
  const [withImports, setWithImports] = React.useState(false);
  const svg = React.useRef<SVGSVGElement>(null);
  const zoom = React.useRef<Zoom>(null);
  const shape = React.useMemo(
    () => shapeOf(cells, edges ?? [], withImports),
    [cells, edges, withImports]
  );
  const [failure, setFailure] = React.useState('');
  const laidOut = useLayout(shape, elk, svg, setFailure);
  if (!edges) {
    return <EmptyState title={trans.__('Reading the notebook…')} />;
  }
  const fit = (): void => {
    if (laidOut) {
      zoom.current?.fit(laidOut.layout.width, laidOut.layout.height);
    }
  };
  return (
    <>
      <div
        className="jp-NamespaceViz-graphBar"
        role="toolbar"
        aria-label={trans.__('Graph actions')}
      >
        <label className="jp-NamespaceViz-check">
          <input
            type="checkbox"
            checked={withImports}
            onChange={event => setWithImports(event.target.checked)}
          />
          {trans.__('Show what only hands on imports')}
        </label>
        <Button label={trans.__('Zoom in')} onClick={() => zoom.current?.scaleBy(1.4)} />
        <Button label={trans.__('Zoom out')} onClick={() => zoom.current?.scaleBy(1 / 1.4)} />
        <Button label={trans.__('Show all')} onClick={fit} />
        <select
          className="jp-NamespaceViz-select"
          aria-label={trans.__('Save the graph as')}
          value=""
          onChange={event => {
            if (svg.current && laidOut) {
              exportAs(event.target.value as ExportFormat, svg.current, laidOut.layout);
            }
          }}
        >
          <option value="">{trans.__('Save as…')}</option>
          {Object.entries(EXPORTS).map(([format, name]) => (
            <option key={format} value={format}>
              {name}
            </option>
          ))}
        </select>
        <span className="jp-NamespaceViz-graphNote" role="status">
          {failure || noteOn(shape, laidOut !== null, trans)}
        </span>
      </div>
      <Stage {...props} laidOut={laidOut} svg={svg} zoom={zoom} />
    </>
  );
}

interface ILaidOut {
  shape: IShape;
  layout: ILayout;
}

/** The last shape with a layout, with the latest verdicts; null before the first layout. */
function useLayout(
  shape: IShape,
  elk: ELK,
  svg: React.RefObject<SVGSVGElement>,
  setFailure: (message: string) => void
): ILaidOut | null {
  const [laidOut, setLaidOut] = React.useState<{ key: string; layout: ILayout } | null>(null);
  const key = React.useMemo(() => keyOf(shape), [shape]);
  React.useEffect(() => {
    let isWanted = true;
    const view = svg.current ? viewOf(svg.current) : { width: 0, height: 0 };
    layoutOf(shape, elk, view).then(
      layout => {
        if (isWanted) {
          setLaidOut({ key, layout });
          setFailure('');
        }
      },
      error => setFailure(error instanceof Error ? error.message : String(error))
    );
    return () => {
      isWanted = false;
    };
    // Only `key` counts: the status of a cell does not change the layout.
  }, [key, elk]);
  const last = React.useRef<IShape>(shape);
  if (laidOut?.key === key) {
    last.current = shape;
  }
  return laidOut && { shape: last.current, layout: laidOut.layout };
}

interface IStageProps extends IGraphViewProps {
  laidOut: ILaidOut | null;
  svg: React.RefObject<SVGSVGElement>;
  zoom: React.MutableRefObject<Zoom | null>;
}

function Stage({ laidOut, svg, zoom, ...props }: IStageProps): React.ReactElement {
  const stage = React.useRef<SVGGElement>(null);
  const layout = laidOut?.layout;
  React.useEffect(() => {
    if (svg.current && stage.current) {
      zoom.current = new Zoom(svg.current, stage.current);
    }
  }, [svg, zoom]);
  const active = React.useRef(props.activeCellId);
  active.current = props.activeCellId;
  React.useEffect(() => {
    if (layout) {
      const points = layout.cells;
      const around = points.get(active.current ?? '') ?? [...points.values()][0] ?? { x: 0, y: 0 };
      zoom.current?.begin(layout.width, layout.height, around);
    }
  }, [layout, zoom]);
  const showFocused = (event: React.FocusEvent<SVGSVGElement>): void => {
    const point = layout?.cells.get((event.target as SVGElement).dataset.cellId ?? '');
    if (point && event.target.matches(':focus-visible')) {
      zoom.current?.show(point.x + CELL.width / 2, point.y + CELL.height / 2);
    }
  };
  return (
    <svg
      ref={svg}
      className="jp-NamespaceViz-graph"
      role="group"
      aria-label={props.trans.__('Dependency graph')}
      onFocus={showFocused}
    >
      <defs>
        <marker
          id="jp-NamespaceViz-arrow"
          viewBox="0 0 8 8"
          refX="7"
          refY="4"
          markerWidth="7"
          markerHeight="7"
          orient="auto"
        >
          <path className="jp-NamespaceViz-arrow" d="M0,0.8 L7.2,4 L0,7.2 z" />
        </marker>
      </defs>
      <g ref={stage}>{laidOut && <Drawing {...props} {...laidOut} />}</g>
    </svg>
  );
}

function Button({ label, onClick }: { label: string; onClick: () => void }): React.ReactElement {
  return (
    <button type="button" className="jp-NamespaceViz-button" onClick={onClick}>
      {label}
    </button>
  );
}

function noteOn(
  { unconnected, cells }: IShape,
  isDrawn: boolean,
  trans: TranslationBundle
): string {
  if (!isDrawn) {
    return trans.__('Drawing the graph…');
  }
  if (cells.length === 0) {
    return trans.__('No cell takes a name from another one.');
  }
  return unconnected === 0
    ? ''
    : trans._n(
        '%1 cell that has to do with no other is not shown.',
        '%1 cells that have to do with no other are not shown.',
        unconnected
      );
}
