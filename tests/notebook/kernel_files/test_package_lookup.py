"""Which environments' files are looked into for a kernel's modules?"""

from __future__ import annotations

import sys

import pytest
import yaml

from jupyter_namespace_viz.core.kernel_state.namespace import Namespace
from jupyter_namespace_viz.kernel.view import KernelView
from jupyter_namespace_viz.notebook.kernel_files.package_lookup import installations_of


@pytest.mark.parametrize(
    ("python", "shares_files", "knows_owner", "server_has_it"),
    [
        (sys.executable, True, True, False),  # the server's own environment
        ("/other/python", True, True, True),
        (sys.executable, False, False, True),  # another machine's, called the same
    ],
)
def test_whose_files_tell(
    python: str, shares_files: bool, knows_owner: bool, server_has_it: bool
) -> None:
    namespace = Namespace(1, python=python)
    view = KernelView("k", "idle", "python", None, namespace, shares_files, None)
    installations = installations_of(view)
    assert (installations.owner_of(yaml.__file__) is not None) == knows_owner
    found = installations.server_module_of("yaml")
    assert (found is not None) == server_has_it
    if found is not None:
        assert found.distribution is not None
        assert found.distribution.name == "PyYAML"
    assert installations.server_module_of("nowhere") is None


def test_without_a_kernel() -> None:
    installations = installations_of(None)
    assert installations.owner_of(yaml.__file__) is None
    assert installations.server_module_of("yaml") is None
