"""Is what came from a kernel a message that can be used?

Code in a kernel can send anything on the kernel's behalf, signed with its key.
"""

from __future__ import annotations

from typing import Any

_PARTS = ("header", "parent_header", "content")
_TEXTS = {
    "header": ("msg_id", "session"),
    "parent_header": ("msg_id", "msg_type", "session"),
    "content": ("comm_id", "execution_state", "status"),
}
"""The fields that must be texts where they are given: they are looked up in tables."""


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
