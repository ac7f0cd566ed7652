"""Which cells and edges does the drawing of a dependency graph show?"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph, Edge
from jupyter_namespace_viz.drawing import cell_titles

# More cells than these in one row are wider than a screen.
_MAX_ROW = 8


@dataclass(frozen=True, slots=True)
class DrawnCell:
    """A code cell; `number` counts code cells from 1."""

    number: int
    source: str

    @property
    def first_line(self) -> str:
        """The line that stands for the cell, as in the panel."""
        return cell_titles.first_line(self.source)

    def title(self, length: int) -> str:
        """That line, at most `length` characters long and without control characters."""
        return cell_titles.title(self.source, length)


@dataclass(frozen=True, slots=True)
class DrawnEdge:
    """The cell numbered `consumer` takes `names` from the cell numbered `provider`.

    `out_of_order` are the names that the consumer needs as soon as it runs, although its provider
    is further down.
    """

    provider: int
    consumer: int
    names: tuple[str, ...]
    out_of_order: tuple[str, ...] = ()

    @property
    def is_from_below(self) -> bool:
        """Whether the provider is a later cell: harmless where only functions read the names."""
        return self.provider > self.consumer

    @property
    def label(self) -> str:
        """The names, shortened to three where they are many, and whether they are out of order."""
        shown = self.names if len(self.names) <= 4 else self.names[:3]
        more = len(self.names) - len(shown)
        text = ", ".join(shown) + (f" and {more} more" if more else "")
        if self.out_of_order:
            return f"{text} (out of order)"
        return f"{text} (from below)" if self.is_from_below else text


@dataclass(frozen=True, slots=True)
class Drawing:
    """The code cells of a notebook in document order, and the edges between them."""

    cells: tuple[DrawnCell, ...]
    edges: tuple[DrawnEdge, ...]

    def lone_cells(self) -> tuple[DrawnCell, ...]:
        """The cells without an edge."""
        connected = {it for edge in self.edges for it in (edge.provider, edge.consumer)}
        return tuple(cell for cell in self.cells if cell.number not in connected)

    def layers(self) -> dict[int, int]:
        """The number of each cell with edges → its layer, from 0: one below its providers."""
        layers: dict[int, int] = {}
        for edge in sorted(self.edges, key=lambda it: it.consumer):
            above = layers.setdefault(edge.provider, 0)
            here = layers.setdefault(edge.consumer, 0)
            if not edge.is_from_below:
                layers[edge.consumer] = max(here, above + 1)
        return layers

    def is_wide(self) -> bool:
        """Whether a layout from left to right fits better, because many cells share a layer."""
        widths = Counter(self.layers().values())
        return max(widths.values(), default=0) > _MAX_ROW


def drawing_of(graph: DependencyGraph) -> Drawing:
    """The drawing of a graph."""
    cells = tuple(DrawnCell(number, cell.source) for number, cell in enumerate(graph.cells, 1))
    return Drawing(cells, tuple(_drawn(graph, edge) for edge in graph.edges))


def _drawn(graph: DependencyGraph, edge: Edge) -> DrawnEdge:
    provider, consumer = graph.index_of[edge.provider], graph.index_of[edge.consumer]
    needed = {
        use.name
        for use in graph.names_at(consumer).uses
        if use.phase == "immediate" and not use.guarded
    }
    late = tuple(name for name in edge.names if name in needed) if provider > consumer else ()
    return DrawnEdge(provider + 1, consumer + 1, edge.names, late)
