"""How does Graphviz draw a dependency graph as SVG?"""

from __future__ import annotations

from itertools import pairwise

from jupyter_namespace_viz.drawing.dot import as_label, digraph, name_of
from jupyter_namespace_viz.drawing.model import Drawing, DrawnCell

_TOOLTIP_LENGTH = 1000
_COLUMN_HEIGHT = 8


class NoGraphviz(Exception):
    """Graphviz is not installed, which is an extra; the message says how to install it."""

    def __init__(self, error: ImportError) -> None:
        super().__init__(
            f"SVG needs Graphviz: pip install 'jupyter_namespace_viz[graph]' ({error})"
        )


def as_svg(drawing: Drawing) -> str:
    """The picture, with the cells' sources as tooltips; raises NoGraphviz."""
    try:
        from pygraphviz import AGraph  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise NoGraphviz(error) from error
    dot = digraph(drawing)
    for cell in drawing.cells:
        # Graphviz reads the backslashes of tooltips twice.
        text = _tooltip(cell).replace("\\", "\\\\")
        dot.node(name_of(cell.number), tooltip=as_label(text))
    if not drawing.is_wide():
        # Invisible edges arrange cells without edges in columns; otherwise they form one long row.
        lone = [name_of(cell.number) for cell in drawing.lone_cells()]
        for start in range(0, len(lone), _COLUMN_HEIGHT):
            for upper, lower in pairwise(lone[start : start + _COLUMN_HEIGHT]):
                dot.edge(upper, lower, style="invis")
    picture: bytes = AGraph(string=dot.source).draw(format="svg", prog="dot")
    return picture.decode()


def _tooltip(cell: DrawnCell) -> str:
    text = cell.source.strip("\n").expandtabs(4).rstrip()
    shown = text if len(text) <= _TOOLTIP_LENGTH else text[:_TOOLTIP_LENGTH] + "…"
    return "".join(it if it.isprintable() or it == "\n" else " " for it in shown)
