"""What does a file hold that may be no file at all?

Reading a pipe or a device may never end, and so may opening a pipe. Only regular files are read,
and only so far.
"""

from __future__ import annotations

import io
import os
import stat
from pathlib import Path


class NotRead(OSError):
    """The path is no regular file, or the file is too large; the message says which."""


def bytes_of(file: Path, most: int) -> bytes:
    """The bytes of a regular file of at most `most` bytes; raises OSError, of which NotRead is one.

    A path that no file can have counts as missing.
    """
    try:
        descriptor = os.open(file, os.O_RDONLY | _WITHOUT_WAITING)
    except ValueError as error:  # a null character, or a lone surrogate
        raise FileNotFoundError(str(error)) from error
    with open(descriptor, "rb") as stream:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise NotRead("it is no regular file.")
        read = stream.read(most + 1)
    if len(read) > most:
        raise NotRead(f"it is larger than {most / 1e6:,.0f} MB.")
    return read


def text_of(file: Path, most: int) -> str:
    """The text of such a file, as `Path.read_text` returns it; raises UnicodeDecodeError too."""
    return io.TextIOWrapper(io.BytesIO(bytes_of(file, most)), encoding="utf-8").read()


_WITHOUT_WAITING = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""Opening a pipe waits for somebody to write to it otherwise."""
