"""How are messages encoded and decoded?"""

from __future__ import annotations

import re
from typing import TypeVar

import msgspec

from jupyter_namespace_viz.protocol.errors import MalformedMessage
from jupyter_namespace_viz.protocol.panel_messages import PanelMessage, ServerMessage

T = TypeVar("T")

_panel_decoder = msgspec.json.Decoder(PanelMessage)
_server_decoder = msgspec.json.Decoder(ServerMessage)
_encoder = msgspec.json.Encoder()
_PATH = re.compile(r" - at `([^`]*)`$")


def encode(message: ServerMessage | msgspec.Struct) -> bytes:
    """The message as JSON."""
    return _encoder.encode(message)


def decode_panel_message(data: bytes | str) -> PanelMessage:
    """Decode a message of the panel; raises MalformedMessage, which names the field."""
    try:
        message: PanelMessage = _panel_decoder.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _malformed(error) from error
    return message


def decode_server_message(data: bytes | str) -> ServerMessage:
    """Decode a message of the server; raises MalformedMessage, which names the field."""
    try:
        message: ServerMessage = _server_decoder.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _malformed(error) from error
    return message


def decode_as(data: bytes | str, message_type: type[T]) -> T:
    """Decode a JSON body as the given type; raises MalformedMessage, which names the field."""
    try:
        return msgspec.json.decode(data, type=message_type)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _malformed(error) from error


def _malformed(error: Exception) -> MalformedMessage:
    text = str(error)
    found = _PATH.search(text)
    if found is None:
        return MalformedMessage("$", f"{text}.")
    return MalformedMessage(found[1], f"{text[: found.start()]}.")
