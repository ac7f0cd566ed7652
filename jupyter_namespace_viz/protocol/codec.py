"""How are messages encoded and decoded?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TypeVar

import msgspec

from jupyter_namespace_viz.protocol.errors import LONGEST_QUOTE, MalformedMessage
from jupyter_namespace_viz.protocol.panel_messages import PanelMessage, ServerMessage

T = TypeVar("T")

_panel_decoder = msgspec.json.Decoder(PanelMessage)
_server_decoder = msgspec.json.Decoder(ServerMessage)
_encoder = msgspec.json.Encoder()
_PATH = re.compile(r" - at `([^`]*)`$")
_FAILURES = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)

PIECE = 200
"""How many values of a list are encoded at once."""

_LONGEST_TEXT = 3 * LONGEST_QUOTE


def encode(message: ServerMessage | msgspec.Struct) -> bytes:
    """The message as JSON."""
    return _encoder.encode(message)


def is_large(message: msgspec.Struct) -> bool:
    """Whether it takes long to encode the message."""
    values = (getattr(message, name) for name in message.__struct_fields__)
    return any(
        len(it) > PIECE if isinstance(it, list) else isinstance(it, msgspec.Struct) and is_large(it)
        for it in values
    )


def encode_in_pieces(message: msgspec.Struct) -> bytes:
    """The message as JSON, made of pieces. The encoder holds the interpreter's lock: in a thread,
    other threads have their turn between two of them.
    """
    return _encoder.encode(_with_encoded_lists(message))


def _with_encoded_lists(message: msgspec.Struct) -> msgspec.Struct:
    encoded: dict[str, object] = {}
    for name in message.__struct_fields__:
        value = getattr(message, name)
        if isinstance(value, list) and len(value) > PIECE:
            encoded[name] = msgspec.Raw(b"[" + b",".join(_pieces_of(value)) + b"]")
        elif isinstance(value, msgspec.Struct) and is_large(value):
            encoded[name] = _with_encoded_lists(value)
    return msgspec.structs.replace(message, **encoded)


def _pieces_of(values: Sequence[object]) -> Iterator[bytes]:
    for begin in range(0, len(values), PIECE):
        yield encode_values(values[begin : begin + PIECE])


def encode_values(values: Sequence[object]) -> bytes:
    """The values as JSON, separated by commas."""
    return _encoder.encode(values)[1:-1]


def decode_panel_message(data: bytes | str) -> PanelMessage:
    """Decode a message of the panel; raises MalformedMessage, which names the field."""
    try:
        message: PanelMessage = _panel_decoder.decode(data)
    except _FAILURES as error:
        raise _malformed(error) from error
    return message


def decode_server_message(data: bytes | str) -> ServerMessage:
    """Decode a message of the server; raises MalformedMessage, which names the field."""
    try:
        message: ServerMessage = _server_decoder.decode(data)
    except _FAILURES as error:
        raise _malformed(error) from error
    return message


def decode_as(data: bytes | str, message_type: type[T]) -> T:
    """Decode a JSON body as the given type; raises MalformedMessage, which names the field."""
    try:
        return msgspec.json.decode(data, type=message_type)
    except _FAILURES as error:
        raise _malformed(error) from error


def _malformed(error: Exception) -> MalformedMessage:
    text = "JSON is nested too deeply" if isinstance(error, RecursionError) else str(error)
    found = _PATH.search(text, len(text) - _LONGEST_TEXT if len(text) > _LONGEST_TEXT else 0)
    field, message = ("$", text) if found is None else (found[1], text[: found.start()])
    if len(message) > _LONGEST_TEXT:
        message = f"{message[:_LONGEST_TEXT]}…"
    return MalformedMessage(field, f"{message}.")
