"""Does the forecast find what Restart & Run All raises, and nothing else?"""

from __future__ import annotations

from typing import NoReturn

import pytest

from jupyter_namespace_viz.core.forecast.findings import Finding
from jupyter_namespace_viz.core.forecast.import_failures import Shadow
from jupyter_namespace_viz.core.forecast.restart_and_run_all import _RunInOrder, forecast
from tests.core.tools.notebooks import environment_without, notebook

SAFE = "def f():\n    try: return a.b()\n    except Exception: return 0\n"

FORECASTS: dict[str, tuple[tuple[str, ...], str]] = {
    # the cells; cell, error, name with a ? where it is not certain, reason, > for a consequence
    "nothing": (("a = 1", "a"), ""),
    "no cell defines it": (("a",), "c1 NameError a no_provider"),
    "only a later cell": (("a", "a = 1"), "c1 NameError a later_cell"),
    "its own earlier line": (("a = 1\na",), ""),
    "its own later line": (("a\na = 1",), "c1 NameError a no_provider"),
    "deleted": (("a = 1", "del a", "a"), "c3 NameError a deleted"),
    "deleted and bound again": (("a = 1", "del a", "a = 2", "a"), ""),
    "deleted by %reset": (("a = 1", "%reset -f", "a"), "c3 NameError a deleted"),
    "bound again after %reset": (("a = 1", "%reset -f\na = 2", "a"), ""),
    "stored values may be any": (("%store -r", "a"), ""),
    "another name is deleted": (("a = 1\nb = 1", "del b", "a"), ""),
    "a builtin": (("print(len(__name__), In, _)",), ""),
    "a builtin that is deleted": (("del sum",), "c1 NameError sum no_provider"),
    "deleted by a magic that only says so": (("%xdel a",), ""),
    "handled, whatever it is": (("try: a; b()\nexcept Exception as e: print(e)",), ""),
    "by a handler of all": (("try:\n    c = a\nexcept:\n    c = 1\nc",), ""),
    "but raised again": (
        ("try: a\nexcept Exception:\n    if len(''): raise",),
        "c1 NameError a? no_provider",
    ),
    "but not there": (
        ("try: pass\nfinally: a\ntry: len('')\nexcept Exception: pass",),
        "c1 NameError a no_provider",
    ),
    "handled in a function": ((f"{SAFE}f()",), ""),
    "in a function of another cell": ((SAFE, "f()"), ""),
    "in what the function calls": (
        ("def g(): return a\ndef f():\n    try: return g()\n    except Exception: return 0", "f()"),
        "",
    ),
    "but called elsewhere too": (
        (
            "def g(): return a\ndef f():\n    try: g()\n    except Exception: pass\n"
            "    if len(''): g()",
            "f()",
        ),
        "c2 NameError a? no_provider",
    ),
    "in what the function is given": (
        (
            "def f(h):\n    try: return h()\n    except Exception: return 0\n"
            "def g(): return a\nf(g)",
        ),
        "",
    ),
    "but raised again by the function": (
        ("def f():\n    try: a\n    except Exception as e: raise", "f()"),
        "c2 NameError a no_provider",
    ),
    "but not in its handler": (
        ("def f():\n    try: len('')\n    except Exception: a", "f()"),
        "c2 NameError a? no_provider",
    ),
    "but not in a function inside": (
        (
            "def f():\n    def g(): return a\n    try: len('')\n    except Exception: pass\n"
            "    return g()",
            "f()",
        ),
        "c2 NameError a no_provider",
    ),
    "suppressed": (("from contextlib import suppress\nwith suppress(Exception):\n    a",), ""),
    "suppressed by a context of a stack": (
        (
            "from contextlib import ExitStack, suppress\nwith ExitStack() as s:\n"
            "    s.enter_context(suppress(NameError))\n    a\nb = 1",
            "b",
        ),
        "",
    ),
    "not suppressed by one": (
        (
            "from contextlib import ExitStack, suppress\nwith ExitStack() as s:\n"
            "    s.enter_context(suppress(KeyError))\n    a",
        ),
        "c1 NameError a no_provider",
    ),
    "expected of a function": (("import pytest\npytest.raises(NameError, lambda: a)",), ""),
    "another error is": (
        ("import pytest\npytest.raises(KeyError, lambda: a)",),
        "c1 NameError a? no_provider",
    ),
    "in a context of another cell that may swallow it": (
        (
            "class C:\n    def __enter__(self): pass\n    def __exit__(self, *a): return True",
            "with C():\n    a",
        ),
        "c2 NameError a? no_provider",
    ),
    "and in one that does not": (
        (
            "class C:\n    def __enter__(self): pass\n    def __exit__(self, *a): pass",
            "with C():\n    a",
        ),
        "c2 NameError a no_provider",
    ),
    "and behind it": (
        (
            "class C:\n    def __enter__(self): pass\n    def __exit__(self, *a): return True",
            "with C():\n    1\na",
        ),
        "c2 NameError a no_provider",
    ),
    "behind the yield of a generator that is left": (
        ("def g():\n    yield 1\n    a\nfor i in g():\n    break",),
        "",
    ),
    "of one that goes on": (
        ("def g():\n    yield 1\n    a\nfor i in g():\n    if i: continue\n    break",),
        "c1 NameError a? no_provider",
    ),
    "a constant that a function below it does not change": (
        ("n = None\ndef f(a):\n    if a is None: return\n    print(b)\nf(n)",),
        "",
    ),
    "a field that is given": (
        (
            "from dataclasses import dataclass, field\n@dataclass\nclass A:\n    v: int\n"
            "    w: list = field(default_factory=lambda: x)\nA(1, [])\nA(v=1, w=[])",
        ),
        "",
    ),
    "a field that is not": (
        (
            "from dataclasses import dataclass, field\n@dataclass\nclass A:\n    v: int\n"
            "    w: list = field(default_factory=lambda: x)\nA(1)",
        ),
        "c1 NameError x no_provider",
    ),
    "deleted twice": (("sum = 1", "del sum", "sum", "del sum"), "c4 NameError sum deleted"),
    "a name of IPython that is deleted": (("del _, exit",), ""),
    "a global that a function of another cell deletes": (
        ("a = 1", "def f():\n    global a\n    del a", "f()", "a"),
        "c4 NameError a deleted",
    ),
    "deleted on some path": (("a = 1", "if len(''): del a", "a"), ""),
    "deleted by a handler that may not run": (
        ("e = 1", "try: len('')\nexcept TypeError as e: pass", "e"),
        "",
    ),
    "that is perhaps deleted": (
        ("a = 1", "def f(b):\n    global a\n    if b: del a", "f(0)", "a"),
        "",
    ),
    "perhaps called": (
        ("a = 1", "def f():\n    global a\n    del a", "if len(''): f()", "a"),
        "",
    ),
    "deleted by a function of its own": (
        ("a = 1", "def f():\n    global a\n    del a\nf()", "a"),
        "c3 NameError a deleted",
    ),
    "an output": (("1", "_1"), ""),
    "an output that is not there": (("x = 1", "_1"), "c2 NameError _1 no_provider"),
    "a builtin that a cell makes": (("import builtins\nbuiltins.a = 1", "a"), ""),
    "a name of a cell above for the namespace": (("g = globals()", "g['a'] = 1", "a"), ""),
    "that stands for something else by now": (
        ("g = globals()", "g = {}", "g['a'] = 1", "a"),
        "c4 NameError a no_provider",
    ),
    "a magic that a cell above has named": (("%alias_magic t time", "%t a = 1", "a"), ""),
    "a command that a cell above has named": (("%alias hi echo %s", "hi there"), ""),
    "a function with the name of a magic": (
        ("def run(x): return a", "run(1)"),
        "c2 NameError a no_provider",
    ),
    "a magic without its sign": (("who - a",), ""),
    "a magic without its sign that runs Python": (("time (a)",), "c1 NameError a no_provider"),
    "what follows a refused line": (
        ("# note\n%%time\na = 1", "a"),
        "c1 SyntaxError None None, c2 NameError a no_provider",
    ),
    "what follows the end of the cell": (
        ("raise E\na = 1", "a"),
        "c1 NameError E no_provider, c2 NameError a no_provider",
    ),
    "bound on some path": (("if len('x'):\n    a = 1", "a"), ""),
    "needed on some path": (("if len('x'):\n    a",), "c1 NameError a? no_provider"),
    "guarded": (("try:\n    a\nexcept NameError:\n    a = 1", "a"), ""),
    "a function that is not called": (("def f(): return a",), ""),
    "a function that is called too early": (
        ("def f(): return a", "f()", "a = 1"),
        "c2 NameError a later_cell",
    ),
    "a function that is called in time": (("def f(): return a", "a = 1", "f()"), ""),
    "a global that a function of another cell binds": (
        ("def f():\n    global a\n    a = 1", "f()", "a"),
        "",
    ),
    "a star import may bind it": (("from m import *", "a"), ""),
    "a star import further down does not": (("a", "from m import *"), "c1 NameError a no_provider"),
    "exec may bind it": (("exec(input())", "a"), ""),
    "a magic that nobody knows may bind it": (("%%nobody x\ny", "a"), ""),
    "bash does not": (("%%bash\nls", "a"), "c2 NameError a no_provider"),
    "deleted after a star import": (
        ("from m import *\na = 1\ndel a", "a"),
        "c2 NameError a deleted",
    ),
    "a module that is not installed": (
        ("import absent.part",),
        "c1 ModuleNotFoundError absent not_installed",
    ),
    "an import that is guarded": (("try:\n    import absent\nexcept ImportError: pass",), ""),
    "an import that may not run": (
        ("if len('x'):\n    import absent",),
        "c1 ModuleNotFoundError absent? not_installed",
    ),
    "a cell above may install it": (
        ("%pip install -q absent", "import absent"),
        "c2 ModuleNotFoundError absent? not_installed",
    ),
    "the cell itself may install it": (
        ("!conda install absent\nimport absent",),
        "c1 ModuleNotFoundError absent? not_installed",
    ),
    "a cell above may change where it is looked for": (
        ("import sys\nsys.path.append(input())", "import absent"),
        "c2 ModuleNotFoundError absent? not_installed",
    ),
    "no folder that is added holds it": (
        ("import sys\nsys.path.append('src')", "cd ..", "import absent"),
        "c3 ModuleNotFoundError absent not_installed",
    ),
    "a cell above puts it there": (
        ("import sys\nsys.modules['absent'] = 1", "import absent"),
        "",
    ),
    "a cell below, and a comment, bring nothing": (
        ("# !pip install absent", "import absent", "!pip install absent"),
        "c2 ModuleNotFoundError absent not_installed",
    ),
    "what an absent module would bind": (
        ("import absent", "absent.x\nabsent.y", "absent.z"),
        "c1 ModuleNotFoundError absent not_installed, c2 NameError absent provider_failed >, "
        "c3 NameError absent provider_failed >",
    ),
    "a local name before its binding": (
        ("x = 1", "def f():\n    x += 1", "f()", "def f():\n    global x\n    x += 1\nf()"),
        "c3 NameError x unbound",
    ),
    "a call that may not be": (
        ("def f():\n    x += 1", "if len('x'): f()"),
        "c2 NameError x? unbound",
    ),
    "a star import does not bind it": (
        ("from m import *", "def f():\n    x += 1\nf()"),
        "c2 NameError x unbound",
    ),
    "deleted by the cell itself": (
        ("a = 1\ndel a\na", "a = 1", "a"),
        "c1 NameError a unbound",
    ),
    "deleted, and bound by a function of another cell": (
        ("def f():\n    global a\n    a = 1", "a = 2\ndel a\nf()\na", "a"),
        "",
    ),
    "what the compiler refuses": (("a = 1\nreturn a", "a"), "c1 SyntaxError None None"),
    "what a name that a module lacks would bind": (
        ("from m import a, gone, b", "a", "gone", "b"),
        "c1 ImportError gone not_installed, c3 NameError gone provider_failed >, "
        "c4 NameError b provider_failed >",
    ),
    "what stands below an error": (
        ("a = 1\nb = late\nc = 2", "a", "b", "c"),
        "c1 NameError late no_provider, c3 NameError b provider_failed >, "
        "c4 NameError c provider_failed >",
    ),
    "a consequence has consequences": (
        ("a = late", "b = a", "c = b", "b = 1", "b"),
        "c1 NameError late no_provider, c2 NameError a provider_failed >, "
        "c3 NameError b provider_failed >",
    ),
    "what a cell above has bound stays bound": (
        ("a = 1", "a = late", "a"),
        "c2 NameError late no_provider",
    ),
    "a consequence that may not be": (
        ("a = late", "if len('x'): a"),
        "c1 NameError late no_provider",
    ),
    "a star import that fails binds nothing": (
        ("from absent import *", "a"),
        "c1 ModuleNotFoundError absent not_installed, c2 NameError a provider_failed >",
    ),
    "an import that is handled, and its name": (
        ("try:\n    import absent\nexcept ImportError: pass", "absent.x"),
        "c2 NameError absent not_installed",
    ),
    "an import that is handled, and its name in the same cell": (
        ("try:\n    import absent as a\nexcept ImportError: pass\na.x",),
        "c1 NameError a not_installed",
    ),
    "its name in a branch": (
        ("try:\n    import absent\nexcept ImportError: pass\nif len('x'): absent.x",),
        "",
    ),
    "its name only where the import succeeds": (
        ("try:\n    import absent\nexcept ImportError: pass\nelse:\n    if len('x'): absent.x",),
        "",
    ),
    "another name only where the import succeeds": (
        ("try:\n    import absent\n    x, absent.y\nexcept ImportError: pass",),
        "",
    ),
    "an import that is suppressed": (
        (
            "from contextlib import suppress\n"
            "with suppress(ImportError):\n    import absent\nabsent.x",
        ),
        "c1 NameError absent not_installed",
    ),
    "what an import that is handled stands before": (
        ("try:\n    import absent, there\n    a = 1\nexcept ImportError: pass\nthere.x, a",),
        "c1 NameError a no_provider, c1 NameError there no_provider",
    ),
    "an import that is handled by another": (
        ("try:\n    import absent as a\nexcept ImportError:\n    import other as a", "a.x"),
        "",
    ),
    "an import that is handled by a value": (
        ("try:\n    import absent\nexcept ImportError:\n    absent = None", "absent"),
        "",
    ),
    "an import whose failure is ignored": (
        ("try: import absent\nexcept ImportError: pass\nabsent",),
        "c1 NameError absent not_installed",
    ),
    "one that does not fail": (("try: import here\nexcept ImportError: pass\nhere",), ""),
    "one that is used where a test asks for it": (
        ("try:\n    import absent\n    ok = 1\nexcept ImportError: ok = 0\nif ok: absent",),
        "",
    ),
    "one that may fail for another reason": (
        ("if len(''): import here\nhere",),
        "c1 NameError here? no_provider",
    ),
    "one that a cell may install": (
        ("!pip install absent", "try: import absent\nexcept ImportError: pass\nabsent"),
        "c2 NameError absent? no_provider",
    ),
    "an import in a function that is called": (
        ("def f(): import absent", "f()"),
        "c2 ModuleNotFoundError absent not_installed",
    ),
    "a relative import": (("from .m import a",), "c1 ImportError .m not_installed"),
    "no Python": (("a = = 1", "b = 1\nb"), "c1 SyntaxError None None"),
    "nothing of a cell runs that is no Python": (
        ("import a\nx = (1", "a.b()"),
        "c1 SyntaxError None None, c2 NameError a provider_failed >",
    ),
    "nor of the text of a magic": (
        ("%%time\na = 1\nb = (1", "a"),
        "c1 SyntaxError None None, c2 NameError a provider_failed >",
    ),
    "what stands above a magic whose text is no Python runs": (
        ("a = 1\n%time b = (1", "a"),
        "c1 SyntaxError None None",
    ),
    "a star import in a cell that is no Python": (
        ("from m import *\nx = (1", "a"),
        "c1 SyntaxError None None, c2 NameError a provider_failed >",
    ),
    "what broken text would bind": (
        ("a, b = # your code\ndef f(: pass\nc = a", "a, b, f, c, d", "f()"),
        "c1 SyntaxError None None, c2 NameError d no_provider, c3 NameError f provider_failed >",
    ),
    "a cell that cannot be read may bind any name": (("x" + ".y" * 50_000, "a"), ""),
    "a magic that keeps errors": (
        ("%%capture out\na = 1\nb\nc = 2", "out, a", "c"),
        "c3 NameError c provider_failed >",
    ),
    "text that is no Python, below that magic": (("%%capture out\na = = 1", "out"), ""),
    "what follows in the line": (
        ("a = 1; b; c = 2", "a", "c"),
        "c1 NameError b no_provider, c3 NameError c provider_failed >",
    ),
    "deleted before the error": (
        ("a = b = 1", "del a; c; del b", "b", "a"),
        "c2 NameError c no_provider, c4 NameError a deleted",
    ),
    "bound and to be deleted after the error": (
        ("a = 1; b; del a", "a"),
        "c1 NameError b no_provider",
    ),
    "several, in order": (
        ("a, b", "b = 1", "import absent\nc"),
        "c1 NameError a no_provider, c1 NameError b later_cell, "
        "c3 ModuleNotFoundError absent not_installed, c3 NameError c no_provider",
    ),
}


@pytest.mark.parametrize("case", FORECASTS)
def test_what_restart_and_run_all_raises(case: str) -> None:
    sources, expected = FORECASTS[case]
    found = forecast(notebook(*sources), environment_without("absent", "m:gone"))
    assert (
        ", ".join(
            f"{it.cell_id} {it.error} {it.name}{'' if it.certain else '?'} {it.reason}"
            + " >" * it.is_consequence
            for it in found
        )
        == expected
    )


def test_a_whole_finding() -> None:
    graph = notebook("x = 1", "x\n\nprint(f(1))", "def f(x): return y")
    assert forecast(graph, environment_without()) == [
        Finding(
            "c2", "f", "NameError", "later_cell", True, "c3",
            "`f` would be missing: only cell 3, further down, defines it. Move it up.", 3,
        ),
    ]  # fmt: skip

    assert forecast(notebook("if len(''): a = 1\na", "a = 2"), environment_without()) == [
        Finding(
            "c1", "a", "NameError", "no_provider", False, None,
            "`a` may be missing: this cell defines it only in a branch.", 2,
        ),
    ]  # fmt: skip

    skipped = notebook("TRAIN = False", "if TRAIN: model = 1", "model")
    assert forecast(skipped, environment_without()) == [
        Finding(
            "c3", "model", "NameError", "no_provider", True, None,
            "`model` would be missing: cell 2 defines it only in a branch that does not run.", 1,
        ),
    ]  # fmt: skip

    finding = forecast(
        notebook("!pip install absent", "import absent"), environment_without("absent")
    )
    assert finding == [
        Finding(
            "c2", "absent", "ModuleNotFoundError", "not_installed", False, "c1",
            "`absent` is not installed in the kernel's environment. Cell 1 may change that.", 1,
            "absent",
        ),
    ]  # fmt: skip


def test_a_module_that_a_file_beside_the_notebook_shadows() -> None:
    graph = notebook("x = 1\nimport other, json.tool", "import other as o")
    shadows = {"other": Shadow("other.py", "/site-packages/other/__init__.py")}
    assert forecast(graph, environment_without(), None, shadows.get) == [
        Finding(
            "c1", "other", "AttributeError", "clobbered", False, None,
            "`other` is imported from `other.py` in the notebook's folder, not from the installed "
            "`/site-packages/other/__init__.py`. Rename `other.py` unless this is intended.", 2,
        ),
    ]  # fmt: skip


class UncopiedSet(set[str]):
    """A set that may be large, and is not copied for each name."""

    def __ror__(self, _: object) -> NoReturn:
        pytest.fail("The set was copied.")


def test_a_use_costs_no_copy_of_all_names() -> None:
    graph = notebook("def f(): return x", "def g(): return f()", "f()", "g()")
    run = _RunInOrder(graph, frozenset())
    run.bound = UncopiedSet({"f", "g"})
    found = [use.name for index in range(4) for use in run._missing_uses(index)]
    assert found == ["x", "x"]
