"""How does `pytest --namespace-viz` check notebooks? One item a notebook; nothing of it is run.

pytest imports this file in every session: what it needs is imported when there is a notebook.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest


class Failed(Exception):
    """The notebook would raise, or cannot be read; the message is all there is to say."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds `--namespace-viz`."""
    parser.getgroup("namespace-viz").addoption(
        "--namespace-viz",
        action="store_true",
        help="Collect notebooks (.ipynb), which fail where Restart & Run All would raise. Nothing "
        "is run. [tool.namespace-viz] of pyproject.toml sets options, as for `jupyter "
        "namespace-viz check`.",
    )


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collects notebooks that are not left out."""
    if file_path.suffix != ".ipynb" or not parent.config.getoption("namespace_viz"):
        return None
    from jupyter_namespace_viz.cli.notebooks.left_out import LeftOut  # noqa: PLC0415

    options = _options(parent.config)
    left_out = LeftOut(parent.config.rootpath, options.get("exclude", ()))
    if left_out.below(file_path) and not parent.session.isinitpath(file_path):
        return None
    return _Notebook.from_parent(parent, path=file_path)


class _Notebook(pytest.File):
    """A notebook, as pytest collects files."""

    def collect(self) -> Iterator[pytest.Item]:
        """The one item."""
        yield _Check.from_parent(self, name="namespace-viz")


class _Check(pytest.Item):
    """What Restart & Run All would raise in the notebook."""

    def runtest(self) -> None:
        """Fails with the errors that are certain; what may be raised is a section of the report."""
        from jupyter_namespace_viz.cli.arguments import KernelOptions  # noqa: PLC0415
        from jupyter_namespace_viz.cli.check.checker import KINDS, check_notebook  # noqa: PLC0415
        from jupyter_namespace_viz.cli.notebooks.notebook_file import (  # noqa: PLC0415
            UnreadableNotebook,
        )
        from jupyter_namespace_viz.cli.notebooks.reader import read_notebook  # noqa: PLC0415
        from jupyter_namespace_viz.core.syntax.known_magics import user_magics  # noqa: PLC0415
        from jupyter_namespace_viz.preflight.whole_runs import certain, lines_on  # noqa: PLC0415

        options = _options(self.config)
        magics = user_magics(dict(it.partition("=")[::2] for it in options.get("magics", ())))
        kernel = KernelOptions(options.get("python"), magics, options.get("names_only", False))
        kinds = (_kinds(options, "select") or set(KINDS)) - _kinds(options, "ignore")
        try:
            checked = check_notebook(read_notebook(self.path, kernel), kinds)
        except UnreadableNotebook as error:
            raise Failed(str(error)) from error
        if not checked.is_python:
            pytest.skip(f"its language is {checked.language}")
        found = certain(checked)
        others = [it for it in checked.independent_findings if not it.certain]
        self.add_report_section("call", "namespace-viz", "\n".join(lines_on(checked, others)))
        if found:
            raise Failed("\n".join(lines_on(checked, found)))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The message alone where there is nothing of ours to look for."""
        if isinstance(excinfo.value, Failed):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, None, str]:
        """The notebook, and what is checked."""
        return self.path, None, f"{self.path.name}: what Restart & Run All would raise"


_OPTIONS: pytest.StashKey[dict[str, Any]] = pytest.StashKey()


def _options(config: pytest.Config) -> dict[str, Any]:
    """Those of `check` in the project's pyproject.toml, read once."""
    from jupyter_namespace_viz.cli.configuration import defaults  # noqa: PLC0415

    if _OPTIONS not in config.stash:
        config.stash[_OPTIONS] = defaults(config.rootpath)["check"]
    return config.stash[_OPTIONS]


def _kinds(options: dict[str, Any], name: str) -> set[str]:
    """The kinds of a list, whose entries may have several, as on the command line."""
    return {kind.strip() for entry in options.get(name, ()) for kind in entry.split(",")}
