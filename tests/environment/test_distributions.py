"""Is it known which distribution brought a file, and never guessed?"""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from jupyter_namespace_viz.core.kernel_state.packages.installed_packages import Distribution
from jupyter_namespace_viz.environment.distributions import owner_of

METADATA = "Metadata-Version: 2.1\nName: Odd.Name\nVersion: 1.0\n"


def install(packages: Path, record: str | None = "odd/__init__.py,sha256=x,0\nodd.py,,\n") -> None:
    info = packages / "odd_name-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(METADATA, encoding="utf-8")
    if record is not None:
        (info / "RECORD").write_text(record, encoding="utf-8")


ODD = Distribution("Odd.Name", "1.0")
OWNERS = {
    "env/lib/site-packages/odd/__init__.py": ODD,
    "env/lib/dist-packages/odd.py": ODD,
    "env/lib/site-packages/odd_name.py": None,
    "env/lib/site-packages/inner/odd.py": None,
    "env/lib/odd.py": None,
    "env/lib/site-packages": None,
    "gone/site-packages/odd.py": None,
}


@pytest.mark.parametrize("file", OWNERS)
def test_owners(tmp_path: Path, file: str) -> None:
    for name in ("site-packages", "dist-packages"):
        install(tmp_path / "env" / "lib" / name)
    assert owner_of(str(tmp_path / file)) == OWNERS[file]


def test_an_installation_is_seen_when_it_comes_and_goes(tmp_path: Path) -> None:
    packages = tmp_path / "site-packages"
    packages.mkdir()
    file = str(packages / "odd.py")
    assert owner_of(file) is None
    install(packages)
    assert owner_of(file) == ODD
    (packages / "odd_name-1.0.dist-info").rename(tmp_path / "elsewhere")
    assert owner_of(file) is None


def test_an_installation_without_a_record(tmp_path: Path) -> None:
    install(tmp_path / "site-packages", record=None)
    assert owner_of(str(tmp_path / "site-packages" / "odd.py")) is None


def test_a_module_that_is_called_otherwise_than_its_distribution() -> None:
    owner = owner_of(yaml.__file__)
    assert owner is not None
    assert (owner.name, owner.version) == ("PyYAML", yaml.__version__)
