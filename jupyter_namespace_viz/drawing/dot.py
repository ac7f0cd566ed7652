"""How is a dependency graph written in DOT, the language of Graphviz?"""

from __future__ import annotations

import graphviz

from jupyter_namespace_viz.drawing.model import Drawing, DrawnEdge

_TITLE = 40
_FONT = "Helvetica,Arial,sans-serif"
_CELLS = {
    "shape": "box",
    "style": "rounded,filled",
    "fillcolor": "#f3f7fc",
    "color": "#7f9bbf",
    "fontname": _FONT,
    "fontsize": "11",
    "height": "0.3",
    "margin": "0.12,0.05",
}
_EDGES = {
    "color": "#60748c",
    "fontcolor": "#35506f",
    "fontname": _FONT,
    "fontsize": "9",
    "arrowsize": "0.6",
}
_LONE = {"fillcolor": "#fafafa", "color": "#d5d5d5", "fontcolor": "#757575"}
_FROM_BELOW = {"style": "dashed"}
_OUT_OF_ORDER = {"style": "dashed", "color": "#c62828", "fontcolor": "#c62828", "penwidth": "1.5"}


def as_dot(drawing: Drawing) -> str:
    """The graph in DOT."""
    source: str = digraph(drawing).source
    return source


def digraph(drawing: Drawing) -> graphviz.Digraph:
    """The graph, whose nodes are `cell1`, `cell2`, …; edges from a cell further down are dashed.

    Dashed edges do not affect the layout, so that the picture keeps the order of the notebook.
    """
    dot = graphviz.Digraph(
        graph_attr={
            "rankdir": "LR" if drawing.is_wide() else "TB",
            "bgcolor": "white",
            "nodesep": "0.15",
            "ranksep": "0.4",
        },
        node_attr=_CELLS,
        edge_attr=_EDGES,
    )
    lone = frozenset(drawing.lone_cells())
    for cell in drawing.cells:
        title = as_label(f"{cell.number}  {cell.title(_TITLE)}".rstrip())
        dot.node(name_of(cell.number), title, **(_LONE if cell in lone else {}))
    for edge in drawing.edges:
        ends = name_of(edge.provider), name_of(edge.consumer)
        dot.edge(*ends, as_label(edge.label), **_style_of(edge))
    return dot


def as_label(text: str) -> str:
    """The text, escaped: Graphviz would interpret its entities and backslashes."""
    label: str = graphviz.escape(text.replace("&", "&amp;"))
    return label


def name_of(number: int) -> str:
    """The name of the cell's node."""
    return f"cell{number}"


def _style_of(edge: DrawnEdge) -> dict[str, str]:
    if not edge.is_from_below:
        return {}
    return {**(_OUT_OF_ORDER if edge.out_of_order else _FROM_BELOW), "constraint": "false"}
