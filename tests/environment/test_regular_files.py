"""Are only regular files read, and only so far?"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from jupyter_namespace_viz.environment.regular_files import NotRead, bytes_of, text_of


def test_the_bytes_and_the_text_of_a_file(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes("é\r\nx\r".encode())
    assert bytes_of(file, 100) == file.read_bytes()
    assert text_of(file, 100) == file.read_text(encoding="utf-8") == "é\nx\n"
    file.write_bytes(b"\xff")
    with pytest.raises(UnicodeDecodeError):
        text_of(file, 100)


def test_a_file_has_a_largest_size(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"x" * 2_000_000)
    assert len(bytes_of(file, 2_000_000)) == 2_000_000
    with pytest.raises(NotRead, match=r"^it is larger than 2 MB\.$"):
        bytes_of(file, 1_999_999)


@pytest.mark.parametrize("name", ["gone", "a\0b", "c" * 300, "d/" * 5_000, "e\ud800"])
def test_a_path_without_a_file(tmp_path: Path, name: str) -> None:
    with pytest.raises(OSError, match=r".") as raised:
        bytes_of(tmp_path / name, 100)
    assert not isinstance(raised.value, NotRead)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_what_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for file in (tmp_path / "pipe", Path("/dev/zero"), Path("/dev/null")):
        with pytest.raises(NotRead, match=r"^it is no regular file\.$"):
            bytes_of(file, 100)
    with pytest.raises(OSError, match="directory"):
        bytes_of(tmp_path, 100)
