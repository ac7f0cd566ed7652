"""What is known of the user's own modules while a kernel runs?

A row is what the kernel says of `lib` and what happens to its file; the expected words are the
names that `lib.go()` lacks.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from jupyter_namespace_viz.core.analysis.cell_names import Cell
from jupyter_namespace_viz.core.graph.builder import updated_graph
from jupyter_namespace_viz.core.graph.dependency_graph import EMPTY_GRAPH, DependencyGraph
from jupyter_namespace_viz.core.kernel_state.module_answers import modules_to_find
from jupyter_namespace_viz.core.kernel_state.namespace import (
    EMPTY_NAMESPACE,
    HeldName,
    ModuleAnswer,
    Namespace,
)
from jupyter_namespace_viz.core.verdicts.cell_status import judge
from jupyter_namespace_viz.core.verdicts.context import VerdictContext
from jupyter_namespace_viz.environment.interpreters import search_paths
from jupyter_namespace_viz.kernel.view import KernelView
from jupyter_namespace_viz.notebook.kernel_files.own_modules import own_modules_of
from tests.core.tools.notebooks import run, words

CELLS = (Cell("a", "import lib"), Cell("b", "lib.go()"))
GONE = "import helper\ndef go(): return gone\ndef far(): return helper.go()\n"
LOADED = ModuleAnswer("lib", found=True, loaded_as="lib")
FILES = {
    "lib.py": GONE,
    "helper.py": "def go(): return far_away\n",
    "pack/__init__.py": "",
    "pack/part.py": "def go():\n    import absent\n    return gone\n",
    "plain/part.py": "def go(): return gone\n",
}


@pytest.fixture(autouse=True)
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)


def view_of(*answers: ModuleAnswer, cells: tuple[Cell, ...] = CELLS) -> KernelView:
    """The kernel that gives these answers, in which the first cell has run."""
    held = HeldName("lib", "module", "module", "lib", bound_by=run(1, "a", cells[0].source))
    namespace = Namespace(
        1,
        names={"lib": held} if cells[0].source == "import lib" else {},
        runs={"a": run(1, "a", cells[0].source)},
        modules={it.name: it for it in answers},
        paths=search_paths(sys.executable),
        folder=str(Path.cwd()),
        python=sys.executable,
    )
    return KernelView("k", "idle", "python", None, namespace, True, None)


def at(answer: ModuleAnswer, file: str = "lib.py") -> ModuleAnswer:
    """The answer with the file where it is in this test."""
    return replace(answer, file=str(Path(file).absolute()), own_files=(file,))


def graph_of(
    view: KernelView | None, cells: tuple[Cell, ...] = CELLS, old: DependencyGraph = EMPTY_GRAPH
) -> DependencyGraph:
    return updated_graph(old, cells, own_modules=own_modules_of(view, cells, old.own_modules))


def lacks(graph: DependencyGraph, view: KernelView | None) -> str:
    """The names that the last cell lacks."""
    namespace = EMPTY_NAMESPACE if view is None else view.namespace
    verdict = judge(graph, VerdictContext(namespace)).cells[-1]
    return words(need.name for need in verdict.needs if need.status == "missing")


KERNELS: dict[str, tuple[Callable[[], ModuleAnswer], str]] = {
    "loaded": (lambda: at(LOADED), "gone"),
    "not loaded yet": (lambda: at(replace(LOADED, loaded_as=None)), "gone"),
    "edited after it was loaded": (lambda: at(replace(LOADED, changed=("lib",))), ""),
    "perhaps edited": (lambda: at(replace(LOADED, changed=None)), ""),
    "another part of it edited": (lambda: at(replace(LOADED, changed=("lib.a",))), "gone"),
    "not there": (lambda: ModuleAnswer("lib", found=False, absent="lib"), ""),
    "a file that is gone": (lambda: at(LOADED, "lost.py"), ""),
    "no source": (lambda: at(LOADED, "lib.so"), ""),
    "installed": (lambda: at(LOADED, "site-packages/lib.py"), ""),
    "a name that no file can have": (lambda: replace(LOADED, file="lib\0.py"), ""),
}


@pytest.mark.parametrize("case", KERNELS)
def test_what_a_function_of_the_module_lacks(case: str) -> None:
    make, expected = KERNELS[case]
    view = view_of(make())
    assert lacks(graph_of(view), view) == expected


TEXTS: dict[str, tuple[str, str]] = {
    "a reload": ("import importlib, lib\nimportlib.reload(lib)", ""),
    "autoreload": ("%load_ext autoreload\n%autoreload 2\nimport lib", "gone"),
    "the name is set": ("import lib\nlib.gone = 1", ""),
    "the file as it is": (f"%%writefile lib.py\n{GONE}", "gone"),
    "the file is written otherwise": ("%%writefile lib.py\ndef go(): return gone", ""),
}


@pytest.mark.parametrize("case", TEXTS)
def test_what_cells_do(case: str) -> None:
    text, expected = TEXTS[case]
    cells = (Cell("a", text), Cell("b", "import lib"), Cell("c", "lib.go()"))
    view = view_of(at(LOADED), cells=cells)
    namespace = replace(view.namespace, names=view_of().namespace.names)
    view = replace(view, namespace=namespace)
    assert lacks(graph_of(view, cells), view) == expected


def test_where_files_are_not_read() -> None:
    away = replace(view_of(at(LOADED)), shares_files=False)
    starting = replace(away, shares_files=True, namespace=replace(away.namespace, paths=()))
    for view in (None, away, starting):
        graph = graph_of(view)
        assert lacks(graph, view if view is not None else away) == ""
        assert graph_of(view, old=graph) is graph


def test_a_graph_is_kept_until_a_file_changes() -> None:
    view = view_of(at(LOADED))
    graph = graph_of(view)
    assert lacks(graph, view) == "gone"
    assert graph_of(view_of(at(LOADED)), old=graph) is graph

    edited = (*CELLS[:1], Cell("b", "lib.go()  # again"))
    after_edit = graph_of(view, edited, graph)
    assert lacks(after_edit, view) == "gone"
    assert after_edit.own_modules is not graph.own_modules

    _write("lib.py", "def go(): return other\n")
    unasked = graph_of(view, old=graph)  # the kernel has not said yet that it holds another text
    assert lacks(unasked, view) == ""

    reloaded = view_of(at(replace(LOADED, mark=2)))
    assert lacks(graph_of(reloaded, old=unasked), reloaded) == "other"


def test_edges_follow_what_the_module_calls() -> None:
    cells = (Cell("a", "def f(): return x"), Cell("b", "x = 1"), Cell("c", "import lib\nlib.do(f)"))
    _write("lib.py", "def do(f): return 1\n")
    view = view_of(at(replace(LOADED, loaded_as=None)), cells=cells)
    graph = graph_of(view, cells)
    assert graph.rebound_reads.providers == {}
    _write("lib.py", "def do(f): return f()\n")
    calling = graph_of(view, cells, graph)
    assert calling.rebound_reads.providers == {0: {1: {"x"}}}


def test_modules_that_own_modules_import_are_asked_for() -> None:
    cells = (*CELLS[:1], Cell("b", "lib.far()"))
    view = view_of(at(LOADED), cells=cells)
    graph = graph_of(view, cells)
    assert lacks(graph, view) == ""
    assert modules_to_find(graph, view.namespace) == {"lib", "helper"}

    helper = at(ModuleAnswer("helper", found=True, loaded_as="helper"), "helper.py")
    knowing = view_of(at(LOADED), helper, cells=cells)
    assert lacks(graph_of(knowing, cells, graph), knowing) == "far_away"


@pytest.mark.parametrize(
    ("module", "answers", "to_find"),
    [
        ("pack.part", ("pack/__init__.py", "pack/part.py"), {"pack", "pack.part", "absent"}),
        ("plain.part", (None, "plain/part.py"), {"plain", "plain.part"}),
    ],
)
def test_a_package(module: str, answers: tuple[str | None, str], to_find: set[str]) -> None:
    cells = (Cell("a", f"from {module} import go"), Cell("b", "go()"))
    part = ModuleAnswer(module, found=True)
    top = replace(part, name=module.partition(".")[0])
    found = [
        it if file is None else at(it, file) for it, file in zip((top, part), answers, strict=True)
    ]
    view = view_of(*found, cells=cells)
    namespace = replace(view.namespace, paths=(*view.namespace.paths, str(Path.cwd())))
    view = replace(view, namespace=namespace)
    graph = graph_of(view, cells)
    assert "gone" in lacks(graph, view)
    assert modules_to_find(graph, namespace) == to_find


def _write(file: str, text: str) -> None:
    before = os.stat(file).st_mtime_ns
    Path(file).write_text(text, encoding="utf-8")
    os.utime(file, ns=(before + 10**9, before + 10**9))
