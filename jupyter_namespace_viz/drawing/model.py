"""What is there to draw of a notebook's dependency graph?"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph, Edge
from jupyter_namespace_viz.drawing import cell_titles

# More cells than these, side by side, are wider than a screen.
_SIDE_BY_SIDE = 8


@dataclass(frozen=True, slots=True)
class DrawnCell:
    """A code cell; `number` counts code cells from 1."""

    number: int
    source: str

    @property
    def first_line(self) -> str:
        """The line by which it is recognized, as in the panel."""
        return cell_titles.first_line(self.source)

    def title(self, length: int) -> str:
        """That line as it can be shown anywhere, and not too long."""
        return cell_titles.title(self.source, length)


@dataclass(frozen=True, slots=True)
class DrawnEdge:
    """The cell numbered `consumer` takes `names` from the one numbered `provider`.

    `out_of_order` are those names that it needs when it runs although the provider stands below.
    """

    provider: int
    consumer: int
    names: tuple[str, ...]
    out_of_order: tuple[str, ...] = ()

    @property
    def is_from_below(self) -> bool:
        """Whether the provider is a later cell; no harm when a function reads the names later."""
        return self.provider > self.consumer

    @property
    def label(self) -> str:
        """The names, the first of them where they are many, and what is odd about the edge."""
        shown = self.names if len(self.names) <= 4 else self.names[:3]
        more = len(self.names) - len(shown)
        text = ", ".join(shown) + (f" and {more} more" if more else "")
        if self.out_of_order:
            return f"{text} (out of order)"
        return f"{text} (from below)" if self.is_from_below else text


@dataclass(frozen=True, slots=True)
class Drawing:
    """The code cells of a notebook in document order, and who provides what to whom."""

    cells: tuple[DrawnCell, ...]
    edges: tuple[DrawnEdge, ...]

    def lone_cells(self) -> tuple[DrawnCell, ...]:
        """The cells without an edge."""
        tied = {it for edge in self.edges for it in (edge.provider, edge.consumer)}
        return tuple(cell for cell in self.cells if cell.number not in tied)

    def layers(self) -> dict[int, int]:
        """How many cells stand above a cell at least, by the numbers of the cells with edges."""
        layers: dict[int, int] = {}
        for edge in sorted(self.edges, key=lambda it: it.consumer):
            above = layers.setdefault(edge.provider, 0)
            here = layers.setdefault(edge.consumer, 0)
            if not edge.is_from_below:
                layers[edge.consumer] = max(here, above + 1)
        return layers

    def is_wide(self) -> bool:
        """Whether it fits better when it grows from left to right: many cells share a layer."""
        widths = Counter(self.layers().values())
        return max(widths.values(), default=0) > _SIDE_BY_SIDE


def drawing_of(graph: DependencyGraph) -> Drawing:
    """What there is to draw."""
    cells = tuple(DrawnCell(place + 1, cell.source) for place, cell in enumerate(graph.cells))
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
