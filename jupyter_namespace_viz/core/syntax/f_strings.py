"""Which expressions do f-strings hold, in a grammar that our own Python may not know?

Since Python 3.12 a field may hold the quotes of its string, backslashes and comments, and since
3.14 there are t-strings. `with_plain_fields` writes them so that any Python can read the names:

    f"{x["a"]!r:{width}}"    ""[x["a"],width,]
"""

from __future__ import annotations

import re

_STRING = re.compile(r"(?<!\w)([A-Za-z]{0,2})('''|\"\"\"|'|\")")
_NEXT_STRING = re.compile(r"[ \t]*[A-Za-z]{0,2}['\"]")
_CONVERSION = re.compile(r"![a-z]\s*")
_SELF_DOCUMENTING = re.compile(r"=\s*(?=[}!:])")
_OPENING, _CLOSING = "([{", ")]}"


class _Unclosed(Exception):
    """The text ends within a string or a field: it is no grammar of any Python."""


def with_plain_fields(text: str) -> str:
    """The text with each f-string and t-string as an item of `""`, on as many lines; unchanged
    where one is not closed.
    """
    try:
        return _code(text, 0, "")[0]
    except (_Unclosed, RecursionError):
        return text


def _code(text: str, at: int, ends: str) -> tuple[str, int]:
    """What stands from `at` to one of `ends` outside of brackets, and where that is."""
    written: list[str] = []
    depth = 0
    while at < len(text):
        found = _STRING.match(text, at)
        if found is not None:
            part, at = _string(text, found)
            written.append(part)
            continue
        character = text[at]
        if character == "#":
            at = _end_of_line(text, at)
            continue
        if depth == 0 and ends and _is_end(text, at, ends):
            return "".join(written), at
        depth += (character in _OPENING) - (character in _CLOSING)
        written.append(character)
        at += 1
    if ends:
        raise _Unclosed
    return "".join(written), at


def _is_end(text: str, at: int, ends: str) -> bool:
    """Whether the expression of a field ends here: `!=` and `==` are part of it."""
    character = text[at]
    if character == "=":
        return _SELF_DOCUMENTING.match(text, at) is not None and text[at - 1] not in "=!<>"
    return character in ends and not text.startswith("!=", at)


def _end_of_line(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _string(text: str, found: re.Match[str]) -> tuple[str, int]:
    prefix, quote = found[1].lower(), found[2]
    if not set(prefix) & {"f", "t"}:
        end = _end_of_string(text, found.end(), quote)
        return text[found.start() : end], end
    fields, at = _fields(text, found.end(), quote)
    lines = "\n" * text.count("\n", found.start(), at)
    item = f'""[{"".join(f"{field}," for field in fields)}{lines}]' if fields else f'""{lines}'
    return item + ("+" if _NEXT_STRING.match(text, at) else ""), at


def _end_of_string(text: str, at: int, quote: str) -> int:
    while not text.startswith(quote, at):
        if at >= len(text) or (len(quote) == 1 and text[at] == "\n"):
            raise _Unclosed
        at += 2 if text[at] == "\\" else 1
    return at + len(quote)


def _fields(text: str, at: int, end: str) -> tuple[list[str], int]:
    """The expressions of the fields up to `end`, those in their formats included."""
    found: list[str] = []
    while not text.startswith(end, at):
        if at >= len(text):
            raise _Unclosed
        if text.startswith(("{{", "}}"), at) or text[at] == "\\":
            at += 2
        elif text[at] == "{":
            field, at = _code(text, at + 1, "}!:")
            found.append(" ".join(field.split("\n")))
            for rest in (_SELF_DOCUMENTING, _CONVERSION):
                skipped = rest.match(text, at)
                at = at if skipped is None else skipped.end()
            if text.startswith(":", at):
                inner, at = _fields(text, at + 1, "}")
                found += inner
            else:
                at += 1
        else:
            at += 1
    return found, at + len(end)
