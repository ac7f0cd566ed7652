/** What does the graph view consist of? */

import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import { flushSync } from 'react-dom';
import { MentionedCells } from '../components/elements/CellLink';
import { EmptyState } from '../components/elements/EmptyState';
import type { Edge } from '../protocol';
import type { ICellEntry } from '../tokens/models';
import type { ExportFormat } from './exportGraph';
import { GraphBar } from './GraphBar';
import { layoutOf } from './layout';
import type { ILayout } from './layout';
import { foundCells } from './search';
import { sectionsOf } from './sections';
import type { ISection } from './sections';
import { shapeOf } from './shape';
import { Stage } from './Stage';

export interface IGraphViewProps {
  cells: readonly ICellEntry[];
  /** Null until the server has sent them. */
  edges: readonly Edge[] | null;
  activeCellId: string | null;
  trans: TranslationBundle;
  goToCell: (cellId: string) => void;
  /** Saves the drawing, or the graph in the format of another program. */
  exportAs: (format: ExportFormat, svg: SVGSVGElement, layout: ILayout) => void;
}

/** With more cells than these, sections are folded at first. */
const MAX_UNFOLDED = 30;

/** The smallest scale keeps the overview, not the legibility; only the user zooms out to it. */
const SCALE = { min: 0.4, max: 3 };

/** A toolbar, and the drawing, which scrolls. */
export function GraphView(props: IGraphViewProps): React.ReactElement {
  return props.edges ? (
    <MentionedCells cells={props.cells} trans={props.trans}>
      <Graph {...props} edges={props.edges} />
    </MentionedCells>
  ) : (
    <EmptyState title={props.trans.__('Reading the notebook…')} />
  );
}

function Graph(props: IGraphViewProps & { edges: readonly Edge[] }): React.ReactElement {
  const { activeCellId, cells, edges, goToCell, trans } = props;
  const [withImports, setWithImports] = React.useState(false);
  const [withUnconnected, setWithUnconnected] = React.useState(false);
  const [{ isRightToLeft, width }, setView] = React.useState({ width: 0, isRightToLeft: false });
  const [isWhole, setIsWhole] = React.useState(false);
  const [scale, setScale] = React.useState(1);
  const svg = React.useRef<SVGSVGElement>(null);
  const sections = React.useMemo(() => sectionsOf(cells, edges), [cells, edges]);
  const { fold, foldAll, isFolded } = useFolds(cells.length > MAX_UNFOLDED);
  const search = useSearch(cells, sections, fold);
  const { found } = search;
  const shape = React.useMemo(
    () => shapeOf(cells, edges, sections, { found, isFolded, withImports, withUnconnected }),
    [cells, edges, sections, found, isFolded, withImports, withUnconnected]
  );
  const layout = React.useMemo(
    () => (width > 0 ? layoutOf(shape, width / scale, isRightToLeft) : null),
    [shape, width, isRightToLeft, scale]
  );
  const zoom = React.useCallback(
    (factor: number) =>
      setScale(before => Math.max(SCALE.min, Math.min(SCALE.max, before * factor))),
    []
  );
  return (
    <>
      <GraphBar
        search={search.box}
        shape={shape}
        withUnconnected={withUnconnected}
        withImports={withImports}
        trans={trans}
        setWithUnconnected={setWithUnconnected}
        setWithImports={setWithImports}
        foldAll={sections.length > 0 ? foldAll : null}
        zoom={zoom}
        exportAs={format => {
          if (svg.current && layout) {
            flushSync(() => setIsWhole(true));
            props.exportAs(format, svg.current, layout);
            setIsWhole(false);
          }
        }}
      />
      <Stage
        shape={shape}
        layout={layout}
        scale={scale}
        svg={svg}
        isWhole={isWhole}
        steps={search.steps}
        activeCellId={activeCellId}
        found={found}
        currentCellId={search.cellId}
        trans={trans}
        onView={setView}
        onZoom={zoom}
        goToCell={goToCell}
        fold={fold}
      />
    </>
  );
}

interface IFolds {
  isFolded: (sectionId: string) => boolean;
  fold: (sectionId: string, isFolded: boolean) => void;
  foldAll: (isFolded: boolean) => void;
}

/** Which sections are folded; `atFirst` counts until the user folds or unfolds all. */
function useFolds(atFirst: boolean): IFolds {
  const [all, setAll] = React.useState<boolean | null>(null);
  const [own, setOwn] = React.useState<ReadonlyMap<string, boolean>>(new Map());
  const rest = all ?? atFirst;
  return {
    isFolded: React.useCallback(id => own.get(id) ?? rest, [own, rest]),
    fold: React.useCallback((id, isFolded) => {
      setOwn(before => new Map(before).set(id, isFolded));
    }, []),
    foldAll: React.useCallback(isFolded => {
      setAll(isFolded);
      setOwn(new Map());
    }, [])
  };
}

interface ISearch {
  found: ReadonlySet<string>;
  /** The found cell that the search has reached; null if nothing is found. */
  cellId: string | null;
  /** How often the user went on. */
  steps: number;
  box: React.ComponentProps<typeof GraphBar>['search'];
}

/** What the search has found; the section of the cell that it has reached unfolds. */
function useSearch(
  cells: readonly ICellEntry[],
  sections: readonly ISection[],
  fold: IFolds['fold']
): ISearch {
  const [text, setText] = React.useState('');
  const [steps, setSteps] = React.useState(0);
  const ids = React.useMemo(() => foundCells(cells, text), [cells, text]);
  const position = ids.length === 0 ? 0 : ((steps % ids.length) + ids.length) % ids.length;
  const cellId = ids[position] ?? null;
  const section = sections.find(it => it.cells.some(({ id }) => id === cellId))?.id;
  React.useLayoutEffect(() => {
    if (section !== undefined) {
      fold(section, false);
    }
  }, [section, steps, fold]);
  return {
    found: React.useMemo(() => new Set(ids), [ids]),
    cellId,
    steps,
    box: {
      text,
      count: ids.length,
      position,
      setText: changed => {
        setText(changed);
        setSteps(0);
      },
      goOn: step => setSteps(before => before + step)
    }
  };
}
