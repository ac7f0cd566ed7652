"""Are the probe's files one module when they are put together?"""

from __future__ import annotations

import ast
import sys
from collections import Counter
from pathlib import Path

import jupyter_namespace_viz.probe
from jupyter_namespace_viz.kernel.probe_source import probe_source

FOLDER = Path(jupyter_namespace_viz.probe.__file__).parent


def top_level_names(tree: ast.Module) -> list[str]:
    """What the module defines; not what it imports."""
    found = []
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            found.append(node.name)
        elif isinstance(node, (ast.Assign, ast.AnnAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found += [
                it.id for target in targets for it in ast.walk(target) if isinstance(it, ast.Name)
            ]
    return found


def test_every_file_is_sent_once() -> None:
    files = [ast.parse(file.read_text(encoding="utf-8")) for file in FOLDER.glob("*.py")]
    names = [name for tree in files for name in top_level_names(tree)]
    assert sorted(top_level_names(ast.parse(probe_source()))) == sorted(names)


def test_no_name_stands_for_two_things() -> None:
    tree = ast.parse(probe_source())
    modules = {
        alias.asname or alias.name
        for node in tree.body
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for alias in node.names
    }
    counted = Counter([*top_level_names(tree), *modules])
    assert {name for name, count in counted.items() if count > 1} == set()


def test_only_the_standard_library_is_imported() -> None:
    imported = set()
    for node in ast.walk(ast.parse(probe_source())):
        if isinstance(node, ast.Import):
            imported |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add((node.module or "").partition(".")[0])
    assert imported <= sys.stdlib_module_names


def test_names_are_defined_before_they_are_used() -> None:
    namespace = {"__name__": "probe"}
    exec(probe_source(), namespace)
    assert {"Probe", "install"} <= namespace.keys()
