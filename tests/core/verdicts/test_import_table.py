"""What is the state of each import of the notebook, and why?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest

from jupyter_namespace_viz.core.kernel_state.namespace import HeldName, ModuleAnswer, Namespace
from jupyter_namespace_viz.core.kernel_state.packages.installed_packages import (
    Distribution,
    Installations,
    ServerModule,
)
from jupyter_namespace_viz.core.verdicts.import_table import (
    ImportRow,
)
from tests.core.tools.notebooks import imports_of, module, notebook, run, value
from tests.core.tools.notebooks import kernel as tests_kernel

HERE, LIBRARY, PACKAGES = "/home/me", "/lib/python3", "/lib/python3/site-packages"
INSTALLED = ModuleAnswer("m", True, file=f"{PACKAGES}/m.py", files=(f"{PACKAGES}/m.py",))
LOADED = replace(INSTALLED, loaded_as="m", version="1.0")


def kernel(
    *held: HeldName, modules: Iterable[ModuleAnswer] = (INSTALLED,), **facts: Any
) -> Namespace:
    """A kernel that holds these names; unless it said otherwise, `m` is installed."""
    return tests_kernel(*held, modules=modules, **facts)


def rows_of(source: str, namespace: Namespace, **facts: Any) -> tuple[ImportRow, ...]:
    """The rows of a notebook of one cell; `facts` are those on the kernel and its clients."""
    return imports_of(notebook(source), namespace, **facts)


def own(**facts: Any) -> ModuleAnswer:
    """A module of the user's own beside the notebook."""
    file = f"{HERE}/m.py"
    return ModuleAnswer(
        "m", True, **{"file": file, "files": (file,), "own_files": (file,), **facts}
    )


def test_an_import_that_has_not_run() -> None:
    assert rows_of("import m as x", kernel()) == (
        ImportRow(
            "c1",
            "x",
            "m",
            "import m as x",
            "missing",
            "`x` is missing: cell 1 has not run since the kernel started.",
            file=f"{PACKAGES}/m.py",
            waiting=True,
        ),
    )


def test_an_import_that_has_run() -> None:
    done = run(1, "c1", "import m")
    namespace = kernel(module("m", bound_by=done), modules=[LOADED], runs=[done])
    assert rows_of("import m", namespace) == (
        ImportRow("c1", "m", "m", "import m", "live", version="1.0", file=f"{PACKAGES}/m.py"),
    )


def test_which_imports_have_rows() -> None:
    sources = (
        "from m import a, b as c; import m.n\nimport m as x\nfrom m import *\nx = 3",
        "def f():\n    import m\nclass C:\n    import m",
        "%%bash\nimport m",
        "if f: import m.n.o as p\nfrom . import q\nfrom .r import s",
        "%timeit import m",
        "import m as x\nimport m as x",
    )
    rows = imports_of(notebook(*sources), kernel())
    assert [(row.cell, row.name, row.module, row.code) for row in rows] == [
        ("c1", "a", "m", "from m import a"),
        ("c1", "c", "m", "from m import b as c"),
        ("c1", "x", "m", "import m as x"),
        ("c1", "*", "m", "from m import *"),
        ("c1", "m", "m.n", "import m.n"),
        ("c4", "p", "m.n.o", "import m.n.o as p"),
        ("c4", "q", ".", "from . import q"),
        ("c4", "s", ".r", "from .r import s"),
        ("c6", "x", "m", "import m as x"),
    ]


RAN, FAILED = run(1, "c1", "import m"), run(1, "c1", "import m", succeeded=False)
TWINS = (f"{HERE}/m.py", f"{PACKAGES}/m.py")
BEHIND = (f"{LIBRARY}/m.py", f"{HERE}/m.py")
TRY = "try:\n    import m as x\nexcept ImportError:\n    import n as x"
N = ModuleAnswer("n", True, "n")

# The last cell's source, what the kernel holds and says; name, state and sentence of its imports.
STATES: dict[str, tuple[str, Namespace, list[tuple[str, str, str | None]]]] = {
    "the kernel was not asked yet": (
        "import m", kernel(module("m"), modules=[]), [("m", "live", None)]
    ),
    "its cell failed": (
        "import m", kernel(runs=[FAILED]),
        [("m", "missing", "`m` is missing: cell 1 failed before defining it.")],
    ),
    "its cell did not bind it": (
        "import m; del m", kernel(runs=[run(1, "c1", "import m; del m")]),
        [("m", "missing", "`m` is missing: cell 1 ran without defining it.")],
    ),
    "deleted": (
        "import m", kernel(deleted_by={"m": run(2, "gone", "del m")}, runs=[RAN]),
        [("m", "missing", "`m` is missing: a deleted cell deleted it.")],
    ),
    "lost at a restart": (
        "import m", replace(kernel(lost=frozenset("m")), beginning="restarted"),
        [("m", "missing", "`m` is missing: the kernel was restarted and cell 1 has not run "
          "since.")],
    ),
    "its cell runs": (
        "import m", kernel(running=("c1",)),
        [("m", "missing", "`m` will be there when cell 1 finishes.")],
    ),
    "overwritten": (
        "import m", kernel(value("m", bound_by=run(2, "gone", "m = 3")), modules=[LOADED],
                           runs=[RAN]),
        [("m", "clobbered",
          "`m` should be the module `m`, but a deleted cell set it to an `int`.")],
    ),
    "another value, and it has not run": (
        "import m", kernel(value("m", bound_by=run(2, "gone", "m = 3")), modules=[LOADED]),
        [("m", "missing", "`m` is an `int`, from a deleted cell; in order it comes from "
          "`import m` in cell 1, which has not run.")],
    ),
    "another value, and it was edited since": (
        "import m", kernel(value("m", bound_by=run(1, "c1", "m = 3")), modules=[LOADED],
                           runs=[run(1, "c1", "m = 3")]),
        [("m", "missing", "`m` is an `int`, from cell 1; in order it comes from "
          "`import m` in cell 1, which was edited and has not run since.")],
    ),
    "overwritten by its own cell": (
        "import m\nm = 3", kernel(value("m", bound_by=run(1, "c1", "import m\nm = 3")),
                                  modules=[LOADED], runs=[run(1, "c1", "import m\nm = 3")]),
        [("m", "clobbered", "`m` should be the module `m`, but cell 1 set it to an `int`.")],
    ),
    "another value, and it ran in a branch that was not taken": (
        "if f: import m", kernel(value("m", bound_by=run(1, "gone", "m = 3")), modules=[LOADED],
                                 runs=[run(2, "c1", "if f: import m")]),
        [("m", "missing", "`m` is an `int`, from a deleted cell; in order it comes from "
          "`import m` in cell 1, which ran without importing it.")],
    ),
    "another module": (
        "import m", kernel(module("m", "strange"), modules=[LOADED], runs=[RAN]),
        [("m", "clobbered", "`m` should be the module `m`, but unknown code set it to the module "
          "`strange`.")],
    ),
    "known by another name": (
        "import m", kernel(module("m", "strange"), modules=[replace(LOADED, loaded_as="strange")]),
        [("m", "live", None)],
    ),
    "taken out of a module": (
        "from m import x", kernel(value("x"), modules=[LOADED]), [("x", "live", None)]
    ),
    "one of two": (
        TRY, kernel(module("x", "n"), modules=[LOADED, N]),
        [("x", "live", "Another import in this cell set `x` to the module `n`."),
         ("x", "live", None)],
    ),
    "one of two, the other not installed": (
        TRY, kernel(module("x", "n"), modules=[ModuleAnswer("m", False, absent="m"), N]),
        [("x", "not_installed", "`m` is not installed in the kernel's environment. The cell "
          "continues without it."), ("x", "live", None)],
    ),
    "a star import": (
        "from m import *", kernel(runs=[run(1, "c1", "from m import *")]), [("*", "live", None)]
    ),
    "a star import that has not run": (
        "from m import *", kernel(),
        [("*", "missing", "`from m import *` has not run to its end in this kernel.")],
    ),
    "not installed": (
        "from m.n import x", kernel(modules=[ModuleAnswer("m.n", False, absent="m")], python="/py"),
        [("x", "not_installed", "`m` is not installed in the kernel's environment (`/py`).")],
    ),
    "not installed, but held": (
        "import m", kernel(module("m"), modules=[ModuleAnswer("m", False, absent="m")]),
        [("m", "not_installed", "`m` is not installed in the kernel's environment.")],
    ),
    "no part of its package": (
        "import m.n", kernel(modules=[LOADED, ModuleAnswer("m.n", False, absent="m.n")]),
        [("m", "not_installed", "`m` in the kernel's environment has no module `n`.")],
    ),
    "perhaps a part of its package": (
        "import m.n", kernel(modules=[INSTALLED, ModuleAnswer("m.n", True, certain=False)]),
        [("m", "unknown", "Whether `m` has a module `n` is only known once it is loaded.")],
    ),
    "hardly a part of its package": (
        "import m.n",
        kernel(modules=[INSTALLED, ModuleAnswer("m.n", True, certain=False, absent="m.n")]),
        [("m", "unknown", "`m` in the kernel's environment seems to have no module `n`.")],
    ),
    "perhaps found by another finder": (
        "import m", kernel(modules=[ModuleAnswer("m", True, certain=False)]),
        [("m", "unknown", "Python does not find `m`, but a custom import hook may provide it.")],
    ),
    "below what is perhaps found by another finder": (
        "import m.n",
        kernel(modules=[ModuleAnswer(name, True, certain=False) for name in ("m", "m.n")]),
        [("m", "unknown", "Python does not find `m`, but a custom import hook may provide it.")],
    ),
    "perhaps, but held": (
        "import m", kernel(module("m"), modules=[ModuleAnswer("m", True, certain=False)]),
        [("m", "live", None)],
    ),
    "relative": (
        "from .m import x", kernel(),
        [("x", "unknown", "`from .m import x` only works inside a package; in a notebook it "
          "raises ImportError.")],
    ),
    "changed on disk": (
        "import m", kernel(module("m"), modules=[own(loaded_as="m", changed=("m",))]),
        [("m", "changed_on_disk", "`m` changed on disk since it was imported. Restart the kernel "
          "or reload it with `importlib.reload`.")],
    ),
    "parts that changed on disk": (
        "from m.n import x",
        kernel(value("x"), modules=[
            own(loaded_as="m", changed=("m", "m.n"), reloads=True),
            ModuleAnswer("m.n", True, "m.n", changed=("m.n",), reloads=True),
        ]),
        [("x", "changed_on_disk", "`m`, `m.n` changed on disk since they were imported. "
          "Autoreload will load the changes before the next run.")],
    ),
    "gone from disk": (
        "import m", kernel(module("m"), modules=[own(loaded_as="m", changed=("m",), gone=True)]),
        [("m", "changed_on_disk", "The file of `m` was removed after it was imported: a new "
          "kernel cannot import it.")],
    ),
    "perhaps changed on disk": (
        "import m", kernel(module("m"), modules=[own(loaded_as="m", changed=None)]),
        [("m", "live", None)],
    ),
    "in front of what is installed": (
        "import m.n", kernel(modules=[own(files=TWINS), ModuleAnswer("m.n", True)]),
        [("m", "shadowed", "`m` is imported from `/home/me/m.py`, not from "
          "`/lib/python3/site-packages/m.py`. Rename `/home/me/m.py` unless this is intended.")],
    ),
    "behind the standard library": (
        "import m",
        kernel(module("m"), modules=[own(file=BEHIND[0], files=BEHIND, loaded_as="m")]),
        [("m", "live", "`/home/me/m.py` is not imported: `m` is found in `/lib/python3/m.py` "
          "first.")],
    ),
    "behind one that is built in": (
        "import m", kernel(module("m"), modules=[own(file=None, loaded_as="m")]),
        [("m", "live", "`/home/me/m.py` is not imported: `m` is defined without a file.")],
    ),
    "loaded before another came in front": (
        "import m", kernel(module("m"), modules=[own(file=TWINS[1], files=TWINS, loaded_as="m")]),
        [("m", "live", "A new kernel would import `m` from `/home/me/m.py`.")],
    ),
    "installed twice": (
        "import m", kernel(module("m"), modules=[replace(LOADED, files=(TWINS[1], "/x/m.py"))]),
        [("m", "live", None)],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", STATES)
def test_the_state_of_an_import(case: str) -> None:
    source, namespace, expected = STATES[case]
    rows = rows_of(source, namespace, in_flight=namespace.running)
    assert [(row.name, row.state, row.message) for row in rows] == expected


def test_without_a_kernel_and_without_an_answer() -> None:
    rows = rows_of("import m", kernel(), is_running=False)
    message = "`m` is missing: cell 1 has to run first."
    assert rows == (ImportRow("c1", "m", "m", "import m", "missing", message, waiting=True),)
    rows = rows_of("import m", kernel(), has_answered=False)
    message = "It is unknown whether `m` exists: the kernel has not answered."
    assert rows == (ImportRow("c1", "m", "m", "import m", "unknown", message),)


def test_what_the_files_of_an_environment_add() -> None:
    owners = {f"{PACKAGES}/m.py": Distribution("M-dist", "2.0")}
    servers = {"yaml": ServerModule(Distribution("PyYAML", "6.0")), "lone": ServerModule(None)}
    installations = Installations(owners.get, servers.get)
    absent = [ModuleAnswer(name, False, absent=name) for name in ("yaml", "lone", "nowhere")]
    namespace = kernel(modules=[replace(INSTALLED, loaded_as="m"), *absent], python="/py")
    source = "import m, yaml, lone, nowhere"
    rows = {row.name: row for row in rows_of(source, namespace, installations=installations)}
    assert (rows["m"].version, rows["m"].distribution) == ("2.0", "M-dist")
    assert rows["yaml"] == ImportRow(
        "c1", "yaml", "yaml", "import yaml", "not_installed",
        "`yaml` is not installed in the kernel's environment (`/py`). Jupyter's own environment "
        "has it, this kernel's does not.",
        distribution="PyYAML", server_has_it=True,
    )  # fmt: skip
    assert (rows["lone"].server_has_it, rows["lone"].distribution) == (True, None)
    assert (rows["nowhere"].server_has_it, rows["nowhere"].distribution) == (False, None)
    # What is on disk by now is not what was imported.
    upgraded = kernel(modules=[replace(LOADED, version=None, changed=("m",))])
    [row] = rows_of("import m", upgraded, installations=installations)
    assert (row.version, row.distribution) == (None, "M-dist")
