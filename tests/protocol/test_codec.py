"""Do messages survive the wire, and do the schema and the types agree?"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import jsonschema
import msgspec
import pytest

from jupyter_namespace_viz.protocol import codec, panel_messages, problems, reports, rest
from jupyter_namespace_viz.protocol.errors import MalformedMessage

SCHEMA = Path(panel_messages.__file__).with_name("schema.json")

UPDATE = panel_messages.Update(
    revision=3,
    kernel_id=None,
    order=["a"],
    changed=[reports.CellText(id="a", source="é")],
    in_flight=["a"],
    ended_at="2026-11-30T07:39:32.123456Z",
    client="c",
    path="a.ipynb",
    not_code=["m"],
    in_full=True,
)
NEED = reports.Need(
    "np",
    "missing",
    "immediate",
    True,
    None,
    "never_run",
    "a",
    "why",
    1,
    True,
    None,
    None,
    False,
    False,
)
CELL = reports.CellReport(
    id="a",
    status="blocked",
    blocked_by_import=True,
    waiting=False,
    error=None,
    execution_count=None,
    seconds=0.5,
    definitions=[reports.Definition("x", "assignment", True)],
    uses=[reports.Use("np", "immediate", True, None)],
    needs=[NEED],
    problems=[reports.Problem("syntax", "odd", 1)],
    repairs=["cells"],
    message="why",
)
IMPORT = reports.ImportReport(
    cell="a",
    name="np",
    module="numpy",
    code="import numpy as np",
    state="changed_on_disk",
    message="why",
    version="2.0",
    file="/numpy.py",
    other_file=None,
    changed=["numpy"],
    reloads=True,
    distribution="numpy",
    server_has_it=False,
    waiting=False,
)
NAME = reports.NameReport(
    name="np",
    status="live",
    waiting=False,
    message=None,
    kind="import",
    providers=["a"],
    consumers=["b"],
    held=reports.LiveName("np", "module", "module", "numpy", "2.0", None, reports.BoundBy("a", 1)),
    binder="cell 1",
    lost_source=None,
    lost_id=None,
    lost_after=None,
    lost_before=None,
    lost_by_restart=False,
)
PROBLEM = problems.NotebookProblem(
    key="missing: np",
    kind="missing",
    names=["np"],
    cells=["a"],
    message="why",
    dependents=3,
    remedies=[problems.Remedy("install", ["a"], ["np"], "numpy", ["what is left"])],
)
SERVER_MESSAGES = [
    panel_messages.Hello(1, panel_messages.Limits(1, 2, 3), answers_pings=True),
    panel_messages.Report(
        revision=3,
        kernel=reports.Kernel("k", "idle", 1, None, "python", "/usr/bin/python", None),
        cells=[CELL],
        edges=[reports.Edge("a", "b", ["x"])],
        imports=[IMPORT],
        summary=reports.Summary("all well", None, 0, 0, 0, 0, 0, 0, 0),
    ),
    panel_messages.Details(
        reports.NameChanges([NAME], ["y"], 2),
        [reports.Finding("a", "np", "missing", "later_cell", True, "b", "why", 1)],
    ),
    panel_messages.Problems(3, [PROBLEM], [PROBLEM]),
    panel_messages.Planned(
        "r",
        2,
        [reports.Step("a", None, ["np"], "why", [])],
        [reports.Unresolved("x", "why")],
    ),
    panel_messages.Refused("$", "why", None),
    panel_messages.Pong(),
]


PANEL_MESSAGES = [UPDATE, panel_messages.PlanRequest("r", ["a"], "imports"), panel_messages.Ping()]


@pytest.mark.parametrize("message", PANEL_MESSAGES, ids=lambda it: type(it).__name__)
def test_what_the_panel_sends_is_read_back(message: msgspec.Struct) -> None:
    assert codec.decode_panel_message(codec.encode(message)) == message


@pytest.mark.parametrize("message", SERVER_MESSAGES, ids=lambda it: type(it).__name__)
def test_what_the_server_sends_satisfies_the_schema(message: msgspec.Struct) -> None:
    schema = json.loads(SCHEMA.read_text())
    one = {"$defs": schema["$defs"], "$ref": "#/$defs/ServerMessage"}
    jsonschema.validate(json.loads(codec.encode(message)), one)


@pytest.mark.parametrize("depth", [1_000, 100_000])
def test_json_that_is_nested_too_deeply_is_malformed(depth: int) -> None:
    deep = "[" * depth + "]" * depth
    for decode, kind in (
        (codec.decode_panel_message, "ping"),
        (codec.decode_server_message, "pong"),
    ):
        with pytest.raises(MalformedMessage, match="nested too deeply"):
            decode(f'{{"kind": "{kind}", "unknown": {deep}}}')
    with pytest.raises(MalformedMessage, match="nested too deeply"):
        codec.decode_as(f'{{"unknown": {deep}}}', rest.ReportRequest)


def test_what_is_wrong_with_a_long_message_is_short() -> None:
    for text in ('{"kind": "%s"}', '{"kind": "plan", "request_id": "r", "mode": "%s"}'):
        with pytest.raises(MalformedMessage) as caught:
            codec.decode_panel_message(text % ("x" * 1_000_000))
        assert len(str(caught.value)) < 500


@pytest.mark.parametrize("message", SERVER_MESSAGES, ids=lambda it: type(it).__name__)
def test_a_message_in_pieces_is_the_same(
    message: msgspec.Struct, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(codec, "PIECE", 0)
    has_lists = b"[" in codec.encode(message)
    assert codec.is_large(message) == has_lists
    monkeypatch.setattr(codec, "PIECE", 1)
    assert codec.encode_in_pieces(message) == codec.encode(message)


def test_no_piece_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    encoded, sizes = codec.encode_values, []

    def counted(values: Sequence[object]) -> bytes:
        sizes.append(len(values))
        return encoded(values)

    monkeypatch.setattr(codec, "encode_values", counted)
    rows = reports.NameChanges([NAME] * 450, ["y"] * 450, 2)
    message = panel_messages.Details(rows, [])
    assert codec.is_large(message)
    assert codec.encode_in_pieces(message) == codec.encode(message)
    assert sizes == [200, 200, 50] * 2
