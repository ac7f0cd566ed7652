/** Which cells, sections and edges does the graph show? */

import { appearanceOf, isLoud } from '../appearance/cellAppearance';
import type { Edge } from '../protocol';
import type { ICellEntry } from '../tokens/models';
import type { ISection } from './sections';

/** A cell, or a section with the cells that are shown while it is unfolded. */
export type Node = ICellNode | ISectionNode;

interface INodeBase {
  /** The id of the cell or the section. */
  readonly id: string;
  /** The names that it takes from other cells, or cells of other sections. */
  readonly takes: readonly string[];
  /** The names that other cells take from it, or cells of other sections. */
  readonly gives: readonly string[];
}

export interface ICellNode extends INodeBase {
  readonly kind: 'cell';
  readonly cell: ICellEntry;
  readonly sectionId: string | null;
}

export interface ISectionNode extends INodeBase {
  readonly kind: 'section';
  /** With all its cells, those that are hidden included. */
  readonly section: ISection;
  readonly isFolded: boolean;
}

/** All edges from one node to another. */
export interface IMergedEdge extends Edge {
  /** The edges between cells; one unless an end is a section. */
  readonly parts: readonly Edge[];
}

/** What is drawn, without a layout. */
export interface IShape {
  /** Whether no cell uses a name of another one. */
  readonly isWithoutEdges: boolean;
  /** In document order; an unfolded section is followed by its cells. */
  readonly nodes: readonly Node[];
  readonly edges: readonly IMergedEdge[];
  /** The edges between the cells that are shown, or are in folded sections. */
  readonly cellEdges: readonly Edge[];
  /** The number of cells that are hidden because of no edges, or only of edges for imports. */
  readonly unconnected: number;
  readonly importOnly: number;
}

export interface IShown {
  /** Whether edges that hand on only imports are shown, and the cells that have no other. */
  readonly withImports: boolean;
  readonly withUnconnected: boolean;
  /** Cells that are shown whatever their edges. */
  readonly found: ReadonlySet<string>;
  readonly isFolded: (sectionId: string) => boolean;
}

/**
 * The nodes and edges of a notebook; edges between sections, and inside of one, are merged.
 *
 * Nearly every cell uses an import, and those edges would hide all others. Cells without other edges
 * are hidden too, unless they have a problem.
 */
export function shapeOf(
  cells: readonly ICellEntry[],
  edges: readonly Edge[],
  sections: readonly ISection[],
  { found, isFolded, withImports, withUnconnected }: IShown
): IShape {
  const imported = new Map(cells.map(cell => [cell.id, importedNamesOf(cell)]));
  const known = edges.filter(({ consumer, provider }) => {
    return imported.has(provider) && imported.has(consumer);
  });
  const cellEdges = known.filter(({ names, provider }) => {
    return withImports || names.some(name => !imported.get(provider)?.has(name));
  });
  const connected = endsOf(cellEdges);
  const connectedByImport = endsOf(known);
  const isShown = (cell: ICellEntry): boolean =>
    connected.has(cell.id) ||
    found.has(cell.id) ||
    hasProblem(cell) ||
    (withUnconnected && !connectedByImport.has(cell.id));
  const hidden = cells.filter(cell => !isShown(cell));
  const importOnly = hidden.filter(({ id }) => connectedByImport.has(id)).length;
  const shown = { cells: cells.filter(isShown), edges: cellEdges };
  return {
    ...nodesAndEdges(shown.cells, shown.edges, sections, isFolded),
    cellEdges,
    isWithoutEdges: known.length === 0,
    unconnected: hidden.length - importOnly,
    importOnly
  };
}

function nodesAndEdges(
  cells: readonly ICellEntry[],
  edges: readonly Edge[],
  sections: readonly ISection[],
  isFolded: IShown['isFolded']
): Pick<IShape, 'edges' | 'nodes'> {
  const sectionOf = new Map<string, ISection>();
  sections.forEach(section => section.cells.forEach(({ id }) => sectionOf.set(id, section)));
  const sectionIdOf = (cellId: string): string => sectionOf.get(cellId)?.id ?? cellId;
  const nodeOf = (cellId: string): string => {
    const sectionId = sectionIdOf(cellId);
    return isFolded(sectionId) ? sectionId : cellId;
  };
  const ofCell = namesOf(edges);
  const ofSection = namesOf(mergedEdges(edges, sectionIdOf));
  const begun = new Set<ISection>();
  const nodes: Node[] = [];
  for (const cell of cells) {
    const section = sectionOf.get(cell.id);
    const isClosed = section !== undefined && isFolded(section.id);
    if (section && !begun.has(section)) {
      const names = ofSection(section.id);
      begun.add(section);
      nodes.push({ kind: 'section', id: section.id, section, isFolded: isClosed, ...names });
    }
    if (!isClosed) {
      const sectionId = section?.id ?? null;
      nodes.push({ kind: 'cell', id: cell.id, cell, sectionId, ...ofCell(cell.id) });
    }
  }
  return { nodes, edges: mergedEdges(edges, nodeOf) };
}

function mergedEdges(edges: readonly Edge[], nodeOf: (cellId: string) => string): IMergedEdge[] {
  const parts = new Map<string, Edge[]>();
  for (const edge of edges) {
    const [provider, consumer] = [nodeOf(edge.provider), nodeOf(edge.consumer)];
    if (provider !== consumer) {
      const key = JSON.stringify([provider, consumer]);
      const others = parts.get(key);
      if (others) {
        others.push(edge);
      } else {
        parts.set(key, [edge]);
      }
    }
  }
  return [...parts.values()].map(own => ({
    provider: nodeOf(own[0]!.provider),
    consumer: nodeOf(own[0]!.consumer),
    names: [...new Set(own.flatMap(({ names }) => names))],
    parts: own
  }));
}

/** The names that each end of edges takes and gives. */
function namesOf(edges: readonly Edge[]): (id: string) => Pick<Node, 'gives' | 'takes'> {
  const takes = new Map<string, Set<string>>();
  const gives = new Map<string, Set<string>>();
  const add = (to: Map<string, Set<string>>, id: string, names: readonly string[]): void => {
    const known = to.get(id) ?? new Set();
    to.set(id, known);
    names.forEach(name => known.add(name));
  };
  for (const { consumer, names, provider } of edges) {
    add(takes, consumer, names);
    add(gives, provider, names);
  }
  return id => ({ takes: [...(takes.get(id) ?? [])], gives: [...(gives.get(id) ?? [])] });
}

/** Whether the status of the cell needs attention, whichever cell is the active one. */
function hasProblem({ report }: ICellEntry): boolean {
  const appearance = appearanceOf(report);
  return isLoud(appearance) || appearance === 'syntax-error';
}

function endsOf(edges: readonly Edge[]): Set<string> {
  return new Set(edges.flatMap(({ consumer, provider }) => [provider, consumer]));
}

function importedNamesOf({ report }: ICellEntry): Set<string> {
  const imports = report?.definitions.filter(({ kind }) => kind.includes('import')) ?? [];
  return new Set(imports.map(({ name }) => name));
}
