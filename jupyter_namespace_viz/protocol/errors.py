"""What can be wrong with a message that somebody sent us?

ProtocolError
├── MalformedMessage   not the JSON that the protocol asks for
└── OverLimit          well-formed, but more than the server takes
"""

from __future__ import annotations


class ProtocolError(Exception):
    """A message that cannot be taken; `field` is a JSON path, `message` says what to do."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(f"{field}: {message}")
        self.field = field
        self.message = message


class MalformedMessage(ProtocolError):
    """The message is not what the protocol asks for."""


class OverLimit(ProtocolError):
    """The message is well-formed but larger than the server takes."""
