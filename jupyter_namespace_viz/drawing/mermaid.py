"""How is a dependency graph written as a Mermaid flowchart?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from jupyter_namespace_viz.drawing.model import Drawing, DrawnEdge

_TITLE = 40
# Mermaid interprets quotes, brackets, directives and entities anywhere, and Markdown (emphasis,
# links) in labels. All that could be one of these is escaped.
_RISKY = re.compile(r"[^\w .,=()/+…-]|(?<=www)\.|\b_+|_+\b")


def as_mermaid(drawing: Drawing) -> str:
    """A flowchart; edges from a cell further down are dotted, and red when out of order."""
    return "".join(f"{line}\n" for line in _lines(drawing))


def _lines(drawing: Drawing) -> Iterator[str]:
    yield f"flowchart {'LR' if drawing.is_wide() else 'TB'}"
    for cell in drawing.cells:
        yield f'  cell{cell.number}["{_escaped(f"{cell.number}  {cell.title(_TITLE)}".rstrip())}"]'
    for edge in drawing.edges:
        arrow = "-.->" if edge.is_from_below else "-->"
        yield f'  cell{edge.provider} {arrow}|"{_escaped(edge.label)}"| cell{edge.consumer}'
    if lone := ",".join(f"cell{cell.number}" for cell in drawing.lone_cells()):
        yield "  classDef lone opacity:0.6"
        yield f"  class {lone} lone"
    if late := ",".join(_out_of_order(drawing.edges)):
        yield f"  linkStyle {late} stroke:#c62828,color:#c62828"


def _out_of_order(edges: tuple[DrawnEdge, ...]) -> Iterator[str]:
    return (str(index) for index, edge in enumerate(edges) if edge.out_of_order)


def _escaped(text: str) -> str:
    return _RISKY.sub(lambda found: "".join(f"#{ord(it)};" for it in found[0]), text)
