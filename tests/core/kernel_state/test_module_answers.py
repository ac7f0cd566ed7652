"""What does the kernel say of the modules that a notebook imports?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from jupyter_namespace_viz.core.kernel_state.module_answers import (
    is_module,
    missing_module,
    modules_to_find,
    name_sources_to_find,
    unverified_module,
)
from jupyter_namespace_viz.core.kernel_state.namespace import HeldName, ModuleAnswer
from tests.core.tools.notebooks import kernel, module, notebook, run, value

TO_FIND = [
    (("import a",), "a"),
    (("import a.b.c, d as e", "from f.g import h"), "a a.b.c d f f.g"),
    (("from a import *",), "a"),
    (("try:\n    import a\nexcept ImportError: pass",), "a"),
    (("if b: import a",), "a"),
    (("from . import a", "from .b import c"), ""),  # no module of an environment
    (("def f(): import a",), "a"),
    (("x = 1", "%%bash\nimport a"), ""),
]


@pytest.mark.parametrize(("sources", "modules"), TO_FIND)
def test_the_modules_to_ask_for(sources: tuple[str, ...], modules: str) -> None:
    assert " ".join(sorted(modules_to_find(notebook(*sources), kernel()))) == modules


def test_the_modules_that_runs_did_not_find_are_asked_for_too() -> None:
    failed = replace(run(1, "c1", "import a", succeeded=False), missing_module="part.of_a")
    graph = notebook("import a", "import b")
    assert modules_to_find(graph, kernel(runs=[failed])) == {"a", "b", "part.of_a"}


def test_the_star_imports_to_ask_for() -> None:
    graph = notebook("from a import *\nfrom .b import *", "%run c.py", "import d")
    assert name_sources_to_find(graph) == {"a", ".b", "%run c.py"}


ANSWERS = {
    answer.name: answer
    for answer in [
        ModuleAnswer("here", True),
        ModuleAnswer("here.part", True),
        ModuleAnswer("here.hidden", True, certain=False, absent="here.hidden"),
        ModuleAnswer("here.own", True, certain=False),
        ModuleAnswer("here.absent", False, absent="here.absent"),
        ModuleAnswer("gone", False),
        ModuleAnswer("gone.part", False, absent="gone"),
        ModuleAnswer("os.path", True, loaded_as="posixpath"),
    ]
}


@pytest.mark.parametrize(
    ("name", "absent", "unseen"),
    [
        ("here", None, None),
        ("here.part", None, None),
        ("here.hidden", None, "here.hidden"),  # no file shows it, yet the package may bring it
        ("here.own", None, None),
        ("here.absent", "here.absent", None),
        ("gone", "gone", None),
        ("gone.part", "gone", None),
        ("gone.other", "gone", None),  # not asked for, but for the package above it
        ("never_asked", None, None),
    ],
)
def test_what_an_import_does_not_find(name: str, absent: str | None, unseen: str | None) -> None:
    assert missing_module(name, ANSWERS) == absent
    assert unverified_module(name, ANSWERS) == unseen


@pytest.mark.parametrize(
    ("held", "expected", "answer"),
    [
        (module("os"), "os", True),  # the kernel was not asked
        (module("here"), "here", True),  # not loaded yet when it was asked for
        (module("p", "posixpath"), "os.path", True),
        (module("p", "ntpath"), "os.path", False),
        (value("here"), "here", False),
    ],
)
def test_a_held_module(held: HeldName, expected: str, answer: bool) -> None:
    assert is_module(held, expected, ANSWERS) == answer
