"""Is little done for a large message of a kernel, whatever it has?"""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest

from jupyter_namespace_viz.kernel.probe_client import as_type
from jupyter_namespace_viz.kernel.transports.received import (
    MOST_BYTES,
    MOST_PUSHED,
    SMALL,
    UNREADABLE,
    decoded_content,
    is_large,
)
from jupyter_namespace_viz.protocol.probe_messages import MOST_DESCRIBED, Described, Push
from tests.kernel.conftest import World

MANY = [[]] * SMALL

RECORD = {
    "kind": "instance",
    "type": "int",
    "module": None,
    "version": None,
    "summary": None,
    "bound_by": None,
    "initial": False,
}
DELTA: dict[str, Any] = {
    "op": "delta",
    "v": 1,
    "epoch": "e",
    "base": 0,
    "rev": 1,
    "why": "cell",
    "run": None,
    "names": {},
    "removed": "",
    "undescribed": "",
    "builtins": None,
}


def encoded(**content: object) -> bytes:
    return json.dumps(content).encode()


def test_how_large_a_message_may_be() -> None:
    assert not is_large(b"x" * SMALL, [b"{}"])
    assert is_large(b"x" * (SMALL + 1), [b"{}"])
    with pytest.raises(ValueError, match="too large"):
        is_large(b"x" * (MOST_BYTES + 1), [b"{}"])
    with pytest.raises(ValueError, match="too large"):
        is_large(b"{}", [b"{}", b"x" * (SMALL + 1)])


def test_of_a_large_content_only_what_is_read_is_decoded() -> None:
    content = decoded_content(encoded(comm_id="c", data={"op": "lost"}, text=MANY, status="ok"))
    assert content.keys() == {"comm_id", "data", "status"}
    assert bytes(content["data"]) == b'{"op": "lost"}'
    assert decoded_content(encoded(code="x = 1", other=MANY)) == {"code": "x = 1"}


@pytest.mark.parametrize(
    "content",
    [
        b"[]",
        b"{",
        b'"' + b"x" * SMALL + b'"',
        encoded(code=MANY),
        encoded(comm_id=MANY),
        encoded(data="x" * MOST_PUSHED),
        b'{"other": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    ],
    ids=range(7),
)
def test_a_large_content_that_is_not_what_jupyter_sends(content: bytes) -> None:
    with pytest.raises(UNREADABLE):
        decoded_content(content)


@pytest.mark.parametrize(
    "changed",
    [
        {"names": {str(number): RECORD for number in range(MOST_DESCRIBED + 1)}},
        {"names": {"a" * 10_000: RECORD}},
        {"names": {"a": {**RECORD, "summary": "a" * 10_000}}},
        {"run": MANY},
    ],
    ids=["many names", "a long name", "a long summary", "lists"],
)
def test_what_the_probe_never_says_is_refused(changed: dict[str, Any]) -> None:
    assert as_type({**DELTA, "unknown": MANY}, Push) == as_type(DELTA, Push)  # type: ignore[arg-type]
    for said in ({**DELTA, **changed}, msgspec.Raw(json.dumps({**DELTA, **changed}).encode())):
        with pytest.raises(msgspec.ValidationError):
            as_type(said, Push)  # type: ignore[arg-type]


async def test_large_messages_arrive(world: World) -> None:
    kernel = await world.start()
    wire = world.wire(kernel)
    await wire.attach()
    await kernel.run(f"x = 1 # {'x' * 2 * SMALL}")
    push = await wire.next_push()
    assert len(push.run.source) > SMALL  # type: ignore[union-attr]
    await kernel.run("globals().update((f'name_{i}', i) for i in range(3_000))")
    question = {"op": "describe", "names": [f"name_{number}" for number in range(3_000)]}
    described = await wire.client.ask(question, Described, 60)
    assert len(described.names) == 3_000
