"""Does the server's environment have a module that the kernel's has not?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.kernel_state.packages.installed_packages import (
    NOTHING_INSTALLED,
    Distribution,
    Installations,
    ServerModule,
)

SERVERS = {
    "yaml": ServerModule(Distribution("PyYAML", "6.0")),
    "lone": ServerModule(None),  # no package says that it brought it
}


@pytest.mark.parametrize(
    ("module", "expected"),
    [
        ("yaml", (True, "PyYAML")),
        ("lone", (True, None)),
        ("nowhere", (False, None)),
        ("yaml.cyaml", (False, None)),  # parts of packages are not looked up
    ],
)
def test_a_module_at_the_server(module: str, expected: tuple[bool, str | None]) -> None:
    assert Installations(server_module_of=SERVERS.get).at_server(module) == expected


def test_without_a_look_up_only_well_known_packages_are_known() -> None:
    assert NOTHING_INSTALLED.at_server("my_helpers") == (False, None)
    assert NOTHING_INSTALLED.at_server("cv2") == (False, "opencv-python")
    assert NOTHING_INSTALLED.owner_of("/lib/yaml.py") is None
