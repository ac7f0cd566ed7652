"""What does `jupyter namespace-viz graph` draw, in each of its formats?"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import nbformat
import pytest
from click.testing import Result
from pygraphviz import AGraph

from tests.cli.command_line import run

ROOT = Path(__file__).parents[3]
SVG = "{http://www.w3.org/2000/svg}"
STORY = (
    "# Libraries\nimport numpy as np",
    "print(total)",
    "def scaled(): return np.array(factor)",
    "total, factor = 1, 2",
    "scaled()\nnp.pi",
    "%%bash\nls",
)
HOSTILE = (
    'say("x\\"]; end")',
    "end --> stop",
    "</script><b>&amp;</b>",
    "<all>",
    r"\N \G \l \n \\N \\",
    "`md` **b** __init__ _x_ [a](b)",
    "%%{init: {}}%%",
    "#quot; &lt; #35; www.a.b https://c",
    "subgraph",
    "漢字 = 'é' # 🎉 … ×",
    "a\tb\x00\x1b[31m\u202e\ud800c",
)


def graph(*arguments: str | Path) -> Result:
    return run("graph", *arguments)


def drawn(*arguments: str | Path) -> str:
    result = graph(*arguments)
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout


def write(path: Path, *sources: str, language: str = "python") -> Path:
    """A notebook with a text cell and then these code cells."""
    cells = [{"cell_type": "markdown", "id": "title", "metadata": {}, "source": "# Title"}]
    cells += [
        {"cell_type": "code", "id": f"c{n}", "metadata": {}, "source": source, "outputs": []}
        | {"execution_count": None}
        for n, source in enumerate(sources, 1)
    ]
    metadata = {"kernelspec": {"name": "nobody", "display_name": "N", "language": language}}
    notebook = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(json.dumps(notebook), encoding="utf-8")
    return path


@pytest.fixture
def story(tmp_path: Path) -> Path:
    return write(tmp_path / "story.ipynb", *STORY)


def test_text(story: Path) -> None:
    assert drawn(story).splitlines() == [
        str(story),
        "  cell 1  import numpy as np",
        "    provides  np to cells 3, 5",
        "  cell 2  print(total)",
        "    needs     total from cell 4, further down: out of order",
        "  cell 3  def scaled(): return np.array(factor)",
        "    needs     np from cell 1",
        "              factor from cell 4, further down",
        "    provides  scaled to cell 5",
        "  cell 4  total, factor = 1, 2",
        "    provides  total to cell 2, further up: out of order",
        "              factor to cell 3, further up",
        "  cell 5  scaled()",
        "    needs     np from cell 1",
        "              scaled from cell 3",
        "  cell 6  %%bash",
    ]


def test_text_tells_names_together_that_go_together(tmp_path: Path) -> None:
    path = write(tmp_path / "hub.ipynb", "a = b = c = 1", *["a, b"] * 3, "c", "a, b", "a")
    assert drawn(path).splitlines()[1:5] == [
        "  cell 1  a = b = c = 1",
        "    provides  a to cells 2-4, 6, 7",
        "              b to cells 2-4, 6",
        "              c to cell 5",
    ]
    same = write(tmp_path / "same.ipynb", "a = b = 1", "x = '" + "y" * 80 + "'; a, b")
    assert drawn(same).splitlines()[1:] == [
        "  cell 1  a = b = 1",
        "    provides  a, b to cell 2",
        "  cell 2  x = '" + "y" * 66 + "…",
        "    needs     a, b from cell 1",
    ]


def test_one_edge_may_hold_names_in_and_out_of_order(tmp_path: Path) -> None:
    path = write(tmp_path / "both.ipynb", "def f(): return a\nb", "a = b = 1")
    assert drawn(path).splitlines()[1:] == [
        "  cell 1  def f(): return a",
        "    needs     a from cell 2, further down",
        "              b from cell 2, further down: out of order",
        "  cell 2  a = b = 1",
        "    provides  a to cell 1, further up",
        "              b to cell 1, further up: out of order",
    ]


def test_json(story: Path) -> None:
    lines = ("import numpy as np", *STORY[1:4], "scaled()", "%%bash")
    edges: list[tuple[int, int, list[str], list[str]]] = [
        (4, 2, ["total"], ["total"]),
        (1, 3, ["np"], []),
        (4, 3, ["factor"], []),
        (1, 5, ["np"], []),
        (3, 5, ["scaled"], []),
    ]
    assert json.loads(drawn(story, "--format", "json")) == {
        "schema_version": 1,
        "notebooks": [
            {
                "path": str(story),
                "language": "python",
                "cells": [
                    {"index": n, "id": f"c{n}", "number": n, "first_line": line}
                    for n, line in enumerate(lines, 1)
                ],
                "edges": [
                    {
                        "provider": provider,
                        "consumer": consumer,
                        "names": names,
                        "out_of_order": late,
                    }
                    for provider, consumer, names, late in edges
                ],
            }
        ],
        "unreadable": [],
    }


def test_dot(story: Path) -> None:
    font = "Helvetica,Arial,sans-serif"
    red = '"#c62828"'
    dot = drawn(story, "--format", "dot")
    assert dot.splitlines() == [
        "digraph {",
        "\tgraph [bgcolor=white nodesep=0.15 rankdir=TB ranksep=0.4]",
        f'\tnode [color="#7f9bbf" fillcolor="#f3f7fc" fontname="{font}" fontsize=11 height=0.3'
        ' margin="0.12,0.05" shape=box style="rounded,filled"]',
        f'\tedge [arrowsize=0.6 color="#60748c" fontcolor="#35506f" fontname="{font}" fontsize=9]',
        '\tcell1 [label="1  import numpy as np"]',
        '\tcell2 [label="2  print(total)"]',
        '\tcell3 [label="3  def scaled(): return np.array(factor)"]',
        '\tcell4 [label="4  total, factor = 1, 2"]',
        '\tcell5 [label="5  scaled()"]',
        '\tcell6 [label="6  %%bash" color="#d5d5d5" fillcolor="#fafafa" fontcolor="#757575"]',
        f'\tcell4 -> cell2 [label="total (out of order)" color={red} constraint=false'
        f" fontcolor={red} penwidth=1.5 style=dashed]",
        "\tcell1 -> cell3 [label=np]",
        '\tcell4 -> cell3 [label="factor (from below)" constraint=false style=dashed]',
        "\tcell1 -> cell5 [label=np]",
        "\tcell3 -> cell5 [label=scaled]",
        "}",
    ]
    read = AGraph(string=dot)
    assert (read.number_of_nodes(), read.number_of_edges()) == (6, 5)


def test_mermaid(story: Path) -> None:
    assert drawn(story, "--format", "mermaid").splitlines() == [
        "flowchart TB",
        '  cell1["1  import numpy as np"]',
        '  cell2["2  print(total)"]',
        '  cell3["3  def scaled()#58; return np.array(factor)"]',
        '  cell4["4  total, factor = 1, 2"]',
        '  cell5["5  scaled()"]',
        '  cell6["6  #37;#37;bash"]',
        '  cell4 -.->|"total (out of order)"| cell2',
        '  cell1 -->|"np"| cell3',
        '  cell4 -.->|"factor (from below)"| cell3',
        '  cell1 -->|"np"| cell5',
        '  cell3 -->|"scaled"| cell5',
        "  classDef lone opacity:0.6",
        "  class cell6 lone",
        "  linkStyle 0 stroke:#c62828,color:#c62828",
    ]


def test_svg(story: Path) -> None:
    assert _svg(story) == {
        "cell1": ("1  import numpy as np", STORY[0]),
        "cell2": ("2  print(total)", STORY[1]),
        "cell3": ("3  def scaled(): return np.array(factor)", STORY[2]),
        "cell4": ("4  total, factor = 1, 2", STORY[3]),
        "cell5": ("5  scaled()", STORY[4]),
        "cell6": ("6  %%bash", STORY[5]),
        "cell4->cell2": ("total (out of order)", "#c62828"),
        "cell1->cell3": ("np", "#60748c"),
        "cell4->cell3": ("factor (from below)", "#60748c"),
        "cell1->cell5": ("np", "#60748c"),
        "cell3->cell5": ("scaled", "#60748c"),
    }


def _svg(path: Path) -> dict[str, tuple[str | None, str | None]]:
    """What the picture shows of each cell (text, tooltip) and edge (text, colour)."""
    shown = {}
    for group in ElementTree.fromstring(drawn(path, "--format", "svg")).iter(f"{SVG}g"):
        if group.get("class") in {"node", "edge"}:
            text = "".join(it.text or "" for it in group.iter(f"{SVG}text")).replace("\xa0", " ")
            links = [it.get("{http://www.w3.org/1999/xlink}title") for it in group.iter(f"{SVG}a")]
            paths = [it.get("stroke") for it in group.iter(f"{SVG}path")]
            extra = (links if group.get("class") == "node" else paths)[0]
            shown[group.findtext(f"{SVG}title", "")] = (text, extra)
    return shown


def test_cells_without_edges_stand_in_columns(tmp_path: Path) -> None:
    path = write(tmp_path / "lone.ipynb", *["1"] * 20)
    picture = ElementTree.fromstring(drawn(path, "--format", "svg"))
    assert len({it.get("x") for it in picture.iter(f"{SVG}text")}) == 3


def test_many_consumers_stand_below_each_other(tmp_path: Path) -> None:
    hub = write(tmp_path / "hub.ipynb", "a = 1", *["a"] * 9)
    assert "rankdir=LR" in drawn(hub, "--format", "dot")
    assert drawn(hub, "--format", "mermaid").startswith("flowchart LR\n")
    chain = write(tmp_path / "chain.ipynb", "a = 1", *["a = a"] * 9)
    assert "rankdir=TB" in drawn(chain, "--format", "dot")


def test_many_names_are_shortened_in_pictures(tmp_path: Path) -> None:
    path = write(tmp_path / "many.ipynb", "a = b = c = d = e = 1", "a, b, c, d, e")
    assert '|"a, b, c and 2 more"|' in drawn(path, "--format", "mermaid")
    path = write(tmp_path / "four.ipynb", "a = b = c = d = 1", "a, b, c, d")
    assert '|"a, b, c, d"|' in drawn(path, "--format", "mermaid")


@pytest.mark.parametrize("source", HOSTILE)
def test_any_text_is_shown_as_it_is(tmp_path: Path, source: str) -> None:
    clean = "a b  [31m  c" if "\x00" in source else source
    label = f"1  {clean}" if len(clean) <= 40 else f"1  {clean[:39].rstrip()}…"
    path = write(tmp_path / "hostile.ipynb", source, "x = 1", "x")
    svg = _svg(path)
    assert svg["cell1"][0] == label
    assert len(svg) == 4
    if "\x00" not in source:  # the tab
        assert svg["cell1"][1] == source
    dot = AGraph(string=drawn(path, "--format", "dot"))
    assert (dot.nodes(), dot.edges()) == (["cell1", "cell2", "cell3"], [("cell2", "cell3")])
    assert drawn(path).splitlines()[1] == f"  cell {label if len(clean) <= 40 else f'1  {clean}'}"


@pytest.mark.skipif(
    shutil.which("node") is None or not (ROOT / "node_modules" / "mermaid").is_dir(),
    reason="Mermaid's own parser is in node_modules: make node_modules/.made",
)
def test_mermaids_parser_reads_it(story: Path, tmp_path: Path) -> None:
    read = _parsed(story)
    assert read["direction"] == "TB"
    assert read["cells"][4:] == [["cell5", "5  scaled()", []], ["cell6", "6  %%bash", ["lone"]]]
    red = ["stroke:#c62828", "color:#c62828", "fill:none"]
    assert read["edges"][:3] == [
        ["cell4", "cell2", "total (out of order)", "dotted", red],
        ["cell1", "cell3", "np", "normal", []],
        ["cell4", "cell3", "factor (from below)", "dotted", []],
    ]
    hostile = write(tmp_path / "hostile.ipynb", *HOSTILE[:-1], "__x__ = 1", "__x__")
    svg = _svg(hostile)
    read = _parsed(hostile)
    assert [cell[1] for cell in read["cells"]] == [
        svg[f"cell{n}"][0] for n in range(1, len(HOSTILE) + 2)
    ]
    assert [edge[2] for edge in read["edges"]] == ["__x__"]


def _parsed(path: Path) -> Any:
    found = subprocess.run(
        ["node", Path(__file__).with_name("mermaid_parser.mjs")],
        input=drawn(path, "--format", "mermaid").encode(),
        stdout=subprocess.PIPE,
        check=True,
        timeout=300,
    )
    return json.loads(found.stdout)


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("a.svg", "<?xml"),
        ("a.dot", "digraph"),
        ("a.GV", "digraph"),
        ("a.mmd", "flowchart"),
        ("a.mermaid", "flowchart"),
        ("a.json", '{"schema_version"'),
        ("a.txt", "/"),
        ("a", "/"),
    ],
)
def test_a_file_is_written_in_the_format_of_its_name(
    story: Path, tmp_path: Path, name: str, start: str
) -> None:
    assert drawn(story, "--output", tmp_path / name) == ""
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(start)
    assert drawn(story, "--output", tmp_path / name, "--format", "mermaid") == ""
    assert (tmp_path / name).read_text(encoding="utf-8").startswith("flowchart")


def test_a_file_that_cannot_be_written(story: Path, tmp_path: Path) -> None:
    output = tmp_path / "nowhere" / "a.svg"
    result = graph(story, "--output", output)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"Error: {output} could not be written: No such file or directory\n"
    assert graph(story, "--output", tmp_path).exit_code == 2


def test_a_file_that_cannot_be_read_leaves_the_output_alone(tmp_path: Path) -> None:
    output = tmp_path / "old.svg"
    output.write_text("old", encoding="utf-8")
    (tmp_path / "no.ipynb").write_text("no", encoding="utf-8")
    result = graph(tmp_path / "no.ipynb", "--output", output)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "no.ipynb could not be read as a notebook" in result.stderr
    assert output.read_text(encoding="utf-8") == "old"


def test_without_the_extra(story: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pygraphviz", None)
    result = graph(story, "--format", "svg")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "pip install 'jupyter_namespace_viz[graph]'" in result.stderr
    assert graph(story, "--format", "dot").exit_code == 0


def test_another_language_has_cells_and_no_edges(tmp_path: Path) -> None:
    path = write(tmp_path / "other.ipynb", "x = 1", "x", language="R")
    result = graph(path)
    assert result.exit_code == 0
    assert result.stdout == f"{path}\n  cell 1  x = 1\n  cell 2  x\n"
    assert result.stderr == f"{path}: drawn without edges, its language is r\n"


def test_star_imports_of_another_python(tmp_path: Path) -> None:
    (tmp_path / "beside.py").write_text("given = 1", encoding="utf-8")
    path = write(tmp_path / "star.ipynb", "from beside import *", "given")
    assert "needs     given from cell 1" in drawn("--python", sys.executable, path)
    result = graph("--python", tmp_path / "none", path)
    assert result.exit_code == 2
    assert "cannot be asked where it looks for modules" in result.stderr


def test_a_notebook_without_code(tmp_path: Path) -> None:
    path = tmp_path / "empty.ipynb"
    nbformat.write(nbformat.v4.new_notebook(), path)
    assert drawn(path) == f"{path}\n"
    assert drawn(path, "--format", "mermaid") == "flowchart TB\n"
    assert _svg(path) == {}


def test_several_notebooks(tmp_path: Path) -> None:
    paths = [write(tmp_path / f"{name}.ipynb", "x = 1", "x") for name in "ab"]
    assert drawn(tmp_path) == "".join(map(drawn, paths))
    assert drawn("--format", "dot", *paths).count("digraph {") == 2
    answer = json.loads(graph("--json", *paths, tmp_path / "gone.ipynb").stdout)
    assert [it["path"] for it in answer["notebooks"]] == list(map(str, paths))
    assert [it["path"] for it in answer["unreadable"]] == [str(tmp_path / "gone.ipynb")]
    for picture in ("mermaid", "svg"):
        refused = graph("--format", picture, tmp_path)
        assert refused.exit_code == 2
        assert f"--format {picture} draws one notebook, not 2." in refused.stderr


def test_what_cannot_be_read_overwrites_no_file(tmp_path: Path) -> None:
    output = tmp_path / "graph.svg"
    output.write_text("before")
    assert graph(tmp_path / "gone.ipynb", "--output", output).exit_code == 2
    assert output.read_text() == "before"
