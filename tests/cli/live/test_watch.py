"""What does `jupyter namespace-viz live --watch` show while things happen?"""

from __future__ import annotations

import _thread
import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from jupyter_namespace_viz.cli.live.errors import KernelEnded, LiveError, ServerError
from jupyter_namespace_viz.cli.live.formats import as_json, as_text
from jupyter_namespace_viz.cli.live.live_report import LiveReport
from jupyter_namespace_viz.cli.live.rows import rows_of
from jupyter_namespace_viz.cli.live.run import Target, watch
from jupyter_namespace_viz.cli.notebooks.notebook_file import UnreadableNotebook
from tests.cli.live.conftest import MINUTES, write
from tests.running_server import RunningServer, running_server

FIRST, SECOND = "import colorsys as cs", "cs.rgb_to_hsv(1, 0, 0)"


class Story:
    """Does one thing after the other, each when the report it waits for is shown; then Ctrl-C."""

    def __init__(self, *parts: tuple[Callable[[LiveReport], bool], Callable[[], object]]) -> None:
        self._parts = list(parts)

    def __call__(self, live: LiveReport) -> None:
        holds, act = self._parts[0]
        if holds(live):
            act()
            del self._parts[0]
        if not self._parts:
            raise KeyboardInterrupt

    def of(self, *target: str | Path) -> LiveReport | None:
        """The report that was shown last."""
        too_late = threading.Timer(MINUTES, _thread.interrupt_main)
        too_late.start()
        try:
            last = watch(Target(*target), self)
        finally:
            too_late.cancel()
        assert not self._parts, f"this was shown last, and never what is waited for: {last}"
        return last


def statuses(*expected: str) -> Callable[[LiveReport], bool]:
    return lambda live: [row.status for row in rows_of(live)] == list(expected)


def nothing() -> None:
    """The end of a story."""


def test_runs_edits_restarts_and_new_kernels(server: RunningServer) -> None:
    path = write(server.root / "watched.ipynb", FIRST, SECOND)
    kernel_id = server.open("watched.ipynb")
    last = Story(
        (statuses("ready", "not run yet"), lambda: server.run(kernel_id, FIRST, "c1")),
        (statuses("fresh", "ready"), lambda: write(path, FIRST, "print(nobody)")),
        (statuses("fresh", "blocked"), lambda: write(path, FIRST, SECOND, "print(cs)")),
        (
            statuses("fresh", "ready", "ready"),
            lambda: server.ask(f"api/kernels/{kernel_id}/restart", "POST", {}),
        ),
        (statuses("ready", "not run yet", "not run yet"), lambda: server.shut_down(kernel_id)),
        (
            lambda live: live.report.kernel.state == "dead",
            lambda: server.run(server.open("watched.ipynb"), FIRST, "c1"),
        ),
        (statuses("fresh", "ready", "ready"), nothing),
    ).of(path)
    assert last is not None
    assert [row.count for row in rows_of(last)] == ["[1]", "[ ]", "[ ]"]
    assert not last.is_blocked


def test_json_comes_a_line_a_report_and_lines_tell_what_changed(
    server: RunningServer, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(server.root / "formats.ipynb", "print(nobody)", "x = 1")
    kernel_id = server.open("formats.ipynb")
    reports: list[dict[str, Any]] = []
    shown: list[str] = []
    with as_json.showing(None) as show_json, as_text.showing(None) as show_lines:

        def is_shown(live: LiveReport) -> bool:
            if live.report.kernel.as_of is None:
                return False  # a kernel that is busy with its start has not answered yet
            show_json(live)
            reports.append(json.loads(capsys.readouterr().out))
            show_lines(live)
            shown.extend(capsys.readouterr().out.splitlines())
            return True

        def both(*expected: str) -> Callable[[LiveReport], bool]:
            return lambda live: is_shown(live) and statuses(*expected)(live)

        Story(
            (both("blocked", "ready"), lambda: server.run(kernel_id, "x = 1", "c2")),
            (both("blocked", "fresh"), nothing),
        ).of(path)
    of_report = {"kernel", "cells", "edges", "imports", "problems", "summary"}
    of_report |= {"lost_by_restart"}
    assert reports[0].keys() == of_report | {"schema_version"}
    assert [cell["status"] for cell in reports[-1]["cells"]] == ["blocked", "fresh"]
    assert [line for line in shown if line.startswith("cell")] == [
        "cell 1    [ ]    blocked         `nobody` is missing: no cell defines it.",
        "cell 2    [ ]    ready           x = 1",
        "cell 2    [1]    fresh           x = 1",
    ]


def test_a_kernel_that_was_named_ends(server: RunningServer) -> None:
    path = write(server.root / "ends.ipynb", "print(1)")
    kernel_id = server.open("ends.ipynb")
    story = Story((statuses("ready"), lambda: server.shut_down(kernel_id)), (never, nothing))
    with pytest.raises(KernelEnded, match=f"^The kernel {kernel_id} has ended\\."):
        story.of(path, kernel_id)


def never(live: LiveReport) -> bool:
    return False


@pytest.mark.parametrize("text", [None, "{"])
def test_the_file_goes_away(server: RunningServer, text: str | None) -> None:
    path = write(server.root / "goes.ipynb", "print(1)")
    server.open("goes.ipynb")

    def spoil() -> None:
        path.unlink() if text is None else path.write_text(text)

    with pytest.raises(UnreadableNotebook):
        Story((statuses("ready"), spoil), (never, nothing)).of(path)


def test_the_server_goes_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with running_server(tmp_path) as other:
        monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(other.runtime))
        path = write(other.root / "left.ipynb", "print(1)")
        other.open("left.ipynb")

        def kill() -> None:
            kernels = psutil.Process(other.process.pid).children(recursive=True)
            other.process.kill()
            for kernel in kernels:  # no other process would
                kernel.kill()

        with pytest.raises(ServerError, match="has closed the connection\\. Start again when"):
            Story((statuses("ready"), kill), (never, nothing)).of(path)


@pytest.mark.parametrize(
    ("notebook", "message"),
    [
        (
            ["x = 1"] * 3,
            "refused many.ipynb: The notebook has 3 code cells. The server reads at most 2.",
        ),
        (["x = 1" + "#" * 5000], "refused many.ipynb: The message is longer than 4,000 bytes"),
    ],
)
def test_more_than_the_server_takes(
    small_server: RunningServer,
    monkeypatch: pytest.MonkeyPatch,
    notebook: list[str],
    message: str,
) -> None:
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(small_server.runtime))
    path = write(small_server.root / "many.ipynb", *notebook)
    small_server.open("many.ipynb")
    with pytest.raises(LiveError) as caught:
        Story((never, nothing)).of(path)
    assert message in str(caught.value)


def test_a_notebook_that_takes_several_messages(
    small_server: RunningServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(small_server.runtime))
    path = write(small_server.root / "long.ipynb", "x = 1" + "#" * 3000, "print(x)" + "#" * 3000)
    small_server.open("long.ipynb")
    Story((statuses("ready", "not run yet"), nothing)).of(path)


@pytest.fixture(scope="module")
def small_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    limits = ["--NamespaceVizApp.max_cells=2", "--NamespaceVizApp.max_message_bytes=4000"]
    with running_server(tmp_path_factory.mktemp("small"), *limits) as server:
        yield server
