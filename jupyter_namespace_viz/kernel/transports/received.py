"""Is what came from a kernel a message that can be used, and what does it say?

Code in a kernel can send anything on the kernel's behalf, signed with its key. What is decoded on
the event loop is bounded: a small content as it is, of a large one only the fields that are read,
as their types. Those in which the probe speaks are left to `ProbeClient`, which knows their types.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

SMALL = 100_000
"""Bytes of a content that is decoded as it is, whatever it has."""

MOST_BYTES = 24_000_000
"""Of a content: one with more is not read. The probe sends less."""

MOST_PUSHED = 8_000_000
"""Of what the probe pushes, which is less, too."""

_PARTS = ("header", "parent_header", "content")
_TEXTS = {
    "header": ("msg_id", "session"),
    "parent_header": ("msg_id", "msg_type", "session"),
    "content": ("comm_id", "execution_state", "status"),
}
"""The fields that must be texts where they are given: they are looked up in tables."""


class _LargeContent(msgspec.Struct):
    """The fields of a large content that are read: the code that runs, and what the probe says."""

    comm_id: str = ""
    code: str = ""
    status: str = ""
    data: msgspec.Raw = msgspec.Raw()
    jupyter_namespace_viz: msgspec.Raw = msgspec.Raw()


UNREADABLE = (IndexError, KeyError, RecursionError, TypeError, ValueError, msgspec.MsgspecError)
"""What is raised for a message that is not what Jupyter sends."""


def is_large(content: bytes | msgspec.Raw, headers: Iterable[bytes | msgspec.Raw]) -> bool:
    """Whether only `decoded_content` may decode the content; raises ValueError where the message is
    not read at all.
    """
    size = memoryview(content).nbytes
    if size > MOST_BYTES or any(memoryview(it).nbytes > SMALL for it in headers):
        raise ValueError("The message is too large.")
    return size > SMALL


def decoded_content(encoded: bytes | msgspec.Raw) -> dict[str, Any]:
    """The fields that are read of a large content."""
    content = msgspec.json.decode(encoded, type=_LargeContent)
    if memoryview(content.data).nbytes > MOST_PUSHED:
        raise ValueError("The message is too large.")
    given = ((name, getattr(content, name)) for name in content.__struct_fields__)
    return {name: it for name, it in given if it}


def is_usable(message: dict[str, Any]) -> bool:
    """Whether the parts of the message that are read have the types that Jupyter gives them."""
    return (
        all(isinstance(message.get(part), dict) for part in _PARTS)
        and isinstance(message["header"].get("msg_type"), str)
        and all(
            isinstance(message[part].get(field) or "", str)
            for part, fields in _TEXTS.items()
            for field in fields
        )
    )
