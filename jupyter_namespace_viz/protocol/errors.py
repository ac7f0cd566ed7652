"""What can be wrong with a received message?

ProtocolError
├── MalformedMessage   not the JSON that the protocol requires
└── OverLimit          well-formed, but larger than the server accepts
"""

from __future__ import annotations

LONGEST_QUOTE = 100


def quoted(text: str) -> str:
    """What was received, as an error repeats it: a long text would be as long in the log."""
    return repr(text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE]}…")


class ProtocolError(Exception):
    """A message that is refused; `field` is a JSON path, `message` says what is wrong."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(f"{field}: {message}")
        self.field = field
        self.message = message


class MalformedMessage(ProtocolError):
    """The message is not what the protocol requires."""


class OverLimit(ProtocolError):
    """The message is well-formed but larger than the server accepts."""
