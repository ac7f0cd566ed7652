"""Are files of a kernel on another machine left alone, although there may be such files here?"""

from __future__ import annotations

import sys
from dataclasses import replace

import msgspec
import pytest

from jupyter_namespace_viz.core.kernel_state.namespace import Namespace
from jupyter_namespace_viz.core.syntax.known_magics import Magics
from jupyter_namespace_viz.core.syntax.name_sources import StarImport
from jupyter_namespace_viz.kernel.view import KernelView
from jupyter_namespace_viz.notebook.kernel_files.package_lookup import installations_of
from jupyter_namespace_viz.notebook.reading.reading_context import (
    NO_KERNEL_CONTEXT,
    reading_context_of,
)

LOCAL = KernelView(
    kernel_id="k",
    state="idle",
    language="python",
    as_of=None,
    namespace=Namespace(1, python=sys.executable, paths=tuple(sys.path), folder="/"),
    shares_files=True,
    message=None,
)
REMOTE = replace(LOCAL, shares_files=False)


@pytest.mark.parametrize(("view", "name"), [(LOCAL, "msgspec"), (REMOTE, None)])
def test_which_distribution_brought_a_file(view: KernelView, name: str | None) -> None:
    owner = installations_of(view).owner_of(str(msgspec.__file__))
    assert (None if owner is None else owner.name) == name


@pytest.mark.parametrize(("view", "is_asked"), [(LOCAL, False), (REMOTE, True)])
def test_whether_the_server_has_what_the_kernel_lacks(view: KernelView, is_asked: bool) -> None:
    assert (installations_of(view).server_module_of("msgspec") is not None) == is_asked


@pytest.mark.parametrize(("view", "is_known"), [(LOCAL, True), (REMOTE, False)])
def test_what_a_star_import_gives(view: KernelView, is_known: bool) -> None:
    star_names = reading_context_of(view, Magics(), NO_KERNEL_CONTEXT).star_names
    assert (star_names(StarImport("msgspec._utils")) is not None) == is_known
