"""Which magics would not be found, as the extension that registers them cannot be loaded?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.forecast.restart_and_run_all import forecast
from tests.core.tools.notebooks import environment_without, notebook

LOAD = "%load_ext sql"
FAILS = "c1 ModuleNotFoundError sql"
CASES: dict[str, tuple[tuple[str, ...], str]] = {
    # the cells; the errors, > for a consequence
    "a cell magic": ((LOAD, "%%sql\nselect 1"), f"{FAILS}, c2 UsageError %%sql >"),
    "a line magic": ((LOAD, "a = 1\nx = %sql select 1\nb = 1", "a", "x", "b"),
        f"{FAILS}, c2 UsageError %sql >, c4 NameError x >, c5 NameError b >"),
    "what it would bind": ((LOAD, "%%sql x <<\nselect 1", "x"),
        f"{FAILS}, c2 UsageError %%sql >, c3 NameError x >"),
    "a package that registers one": (("import ipytest", "%%ipytest\ndef f(): pass"),
        "c1 ModuleNotFoundError ipytest, c2 UsageError %%ipytest >"),
    "below another error": ((LOAD, "y\n%sql select 1"), f"{FAILS}, c2 NameError y"),
    "in a branch": ((LOAD, "if len('x'):\n    %sql select 1"), FAILS),
    "in a function": ((LOAD, "def f():\n    %sql select 1"), FAILS),
    "in a text": ((LOAD, "'''\n%sql select 1\n'''"), FAILS),
    "not loaded": (("%%sql\nselect 1",), ""),
    "an extension that is there": (("%load_ext cython", "%%cython\ncdef f(): pass"), ""),
    "a failure that is handled": (
        ("try:\n    get_ipython().run_line_magic('load_ext', 'sql')\nexcept ImportError: pass",
         "%sql select 1"), ""),
    "registered by a cell": ((LOAD,
        "from IPython.core.magic import register_line_magic\n"
        "@register_line_magic\ndef sql(l): pass",
        "%sql select 1"), FAILS),
    "registered by a cell above": (("@register_line_magic\ndef sql(l): pass", LOAD,
        "%sql select 1"), f"c1 NameError register_line_magic, {FAILS.replace('c1', 'c2')}"),
    "another extension may register it": ((LOAD, "%load_ext other", "%sql select 1"), FAILS),
    "plots register nothing": ((LOAD, "%matplotlib inline", "%sql select 1"),
        f"{FAILS}, c3 UsageError %sql >"),
    "another magic": ((LOAD, "%time 1"), FAILS),
    "it may be installed": (("!pip install ipython-sql", LOAD, "%sql select 1"),
        "c2 ModuleNotFoundError sql?"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_magics_of_extensions(case: str) -> None:
    sources, expected = CASES[case]
    found = forecast(notebook(*sources), environment_without("sql", "ipytest"))
    said = [
        f"{it.cell_id} {it.error} {it.name}{'' if it.certain else '?'}" + " >" * it.is_consequence
        for it in found
    ]
    assert ", ".join(said) == expected


def test_the_sentence() -> None:
    found = forecast(notebook(LOAD, "%%sql\nselect 1"), environment_without("sql"))
    assert (found[1].message, found[1].line, found[1].provider, found[1].status) == (
        "`%%sql` would be missing: cell 1 raises before it defines it.", 1, "c1", "missing",
    )  # fmt: skip
