"""Do the distributions hold what they should, and nothing else?

`make test-dist` builds them, and names their folder in the environment variable DIST.
"""

from __future__ import annotations

import os
import subprocess
import tarfile
import zipfile
from email import message_from_string
from email.message import Message
from pathlib import Path, PurePosixPath

import pytest

from tests.packaging.project import ROOT

DIST = os.environ.get("DIST")
pytestmark = pytest.mark.skipif(DIST is None, reason="make test-dist builds the distributions")
PANEL = PurePosixPath("data/share/jupyter/labextensions/jupyter-namespace-viz")


@pytest.fixture
def wheel() -> zipfile.ZipFile:
    (file,) = Path(DIST or "").glob("*.whl")
    return zipfile.ZipFile(file)


def metadata(wheel: zipfile.ZipFile) -> Message:
    (name,) = (it for it in wheel.namelist() if it.endswith(".dist-info/METADATA"))
    return message_from_string(wheel.read(name).decode())


def test_the_panel_is_in_the_wheel_once(wheel: zipfile.ZipFile) -> None:
    names = [PurePosixPath(it) for it in wheel.namelist()]
    entries = [it for it in names if it.match("static/remoteEntry.*.js")]
    assert [PurePosixPath(*it.parts[1:-2]) for it in entries] == [PANEL]
    assert {"install.json", "package.json"} <= {
        it.name for it in names if it.parent == PurePosixPath(entries[0].parts[0]) / PANEL
    }
    assert not [it for it in names if it.suffix == ".map" or "tests" in it.parts]


def test_the_wheel_has_every_module_and_its_types(wheel: zipfile.ZipFile) -> None:
    package = ROOT / "jupyter_namespace_viz"
    expected = {it.relative_to(ROOT).as_posix() for it in package.rglob("*.py")}
    expected |= {"jupyter_namespace_viz/py.typed"}
    assert expected <= set(wheel.namelist())
    parts = {PurePosixPath(it).parts[0] for it in wheel.namelist()}
    assert {it.split("-")[0] for it in parts} == {"jupyter_namespace_viz"}


def test_what_the_wheel_installs_beside_the_package_is_ours_alone(wheel: zipfile.ZipFile) -> None:
    paths = [PurePosixPath(it) for it in wheel.namelist()]
    beside = {PurePosixPath(*it.parts[1:]) for it in paths if it.parts[0].endswith(".data")}
    config = PurePosixPath("data/etc/jupyter/jupyter_server_config.d/jupyter_namespace_viz.json")
    assert {it for it in beside if PANEL not in it.parents} == {config}


def test_licences(wheel: zipfile.ZipFile) -> None:
    assert metadata(wheel).get_all("License-File") == ["LICENSE", "NOTICE"]
    licences = [it for it in wheel.namelist() if "/licenses/" in it]
    assert sorted(PurePosixPath(it).name for it in licences) == ["LICENSE", "NOTICE"]
    done = subprocess.run(["git", "diff", "--quiet", "NOTICE"], cwd=ROOT, check=False)
    assert done.returncode == 0, "the panel has other packages than NOTICE: commit the new one"


def test_the_source_distribution_is_what_git_has_and_the_panel() -> None:
    (file,) = Path(DIST or "").glob("*.tar.gz")
    with tarfile.open(file) as archive:
        names = {"/".join(it.name.split("/")[1:]) for it in archive.getmembers()}
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    panel = {it for it in names if it.startswith("jupyter_namespace_viz/labextension/")}
    assert any("remoteEntry" in it for it in panel)
    assert names - panel - {"PKG-INFO"} == set(listed.stdout.splitlines())


def test_no_path_of_the_machine_is_in_the_wheel(wheel: zipfile.ZipFile) -> None:
    here = str(ROOT).encode()
    assert [it for it in wheel.namelist() if here in wheel.read(it)] == []
