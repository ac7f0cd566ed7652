"""How can an older Python read a statement in the syntax of a newer one?

The kernel may run a newer Python than the server, and the server's parser then refuses valid
statements. Such a statement is rewritten in older syntax, with the same names on the same lines,
and parsed again:

    def f[T](x: T): ...      def f(x: object): ...       since 3.12
    type Pair = tuple        Pair = (None)               since 3.12
    f"{x["a"]}"              ""[x["a"],]                 since 3.12
    t"{x}"                   ""[x,]                      since 3.14
    except A, B:             except (A, B):              since 3.14
"""

from __future__ import annotations

import re
from collections.abc import Callable

from jupyter_namespace_viz.core.syntax.type_syntax import (
    without_type_defaults,
    without_type_syntax,
)

Version = tuple[int, int]

_STAR_ANNOTATION = re.compile(r"(\*\s*\w+\s*:\s*)\*")
_EXCEPT_STAR = re.compile(r"^([ \t]*except)[ \t]*\*", re.MULTILINE)
_EXCEPT_WITHOUT_PARENTHESES = re.compile(
    r"^([ \t]*except)[ \t]+([A-Z][\w.]*(?:[ \t]*,[ \t]*[A-Z][\w.]*)+)[ \t]*:", re.MULTILINE
)
_PARAMETER = re.compile(r"(?:^|,)\s*\**(\w+)")
_WORD = re.compile(r"\w+")
_TEMPLATE = re.compile(r"\b(?:t|tr|rt)[\"']", re.IGNORECASE)
_F_STRING = re.compile(r"\b(?:f|fr|rf)[\"']", re.IGNORECASE)


def _with_items_if_matched(strings: re.Pattern[str]) -> Callable[[str], str]:
    return lambda text: with_fields_as_items(text) if strings.search(text) else text


_REWRITES: tuple[tuple[Version, Callable[[str], str]], ...] = (
    ((3, 14), lambda text: _EXCEPT_WITHOUT_PARENTHESES.sub(r"\1 (\2):", text)),
    ((3, 14), _with_items_if_matched(_TEMPLATE)),
    ((3, 12), _with_items_if_matched(_F_STRING)),
    ((3, 13), without_type_defaults),
    ((3, 12), without_type_syntax),
    ((3, 11), lambda text: _STAR_ANNOTATION.sub(r"\1", text)),
    ((3, 11), lambda text: _EXCEPT_STAR.sub(r"\1", text)),
)


def downgraded(text: str, running: Version) -> tuple[str, Version] | None:
    """The statement in the syntax of an older Python, and the version that its own syntax needs.

    None where nothing in it is newer than the version `running`. Whether that version can parse the
    result is not checked.
    """
    since: Version | None = None
    for version, rewrite in _REWRITES:
        if version > running:
            rewritten = rewrite(text)
            if rewritten != text:
                since = max(version, since or version)
                text = rewritten
    return None if since is None else (text, since)


_STRING = re.compile(r"(?<!\w)([A-Za-z]{0,2})('''|\"\"\"|'|\")")
_NEXT_STRING = re.compile(r"[ \t]*[A-Za-z]{0,2}['\"]")
_CONVERSION = re.compile(r"![a-z]\s*")
_SELF_DOCUMENTING = re.compile(r"=\s*(?=[}!:])")
_OPENING, _CLOSING = "([{", ")]}"


class _Unclosed(Exception):
    """The text ends inside a string or a field, so no Python can parse it."""


def with_fields_as_items(text: str) -> str:
    """The text with the expressions of each f-string and t-string as the index of an empty string.

    `f"{a} {b}"` becomes `""[a,b,]`. The number of lines stays the same. Text with an unclosed
    string or field is returned unchanged.
    """
    try:
        return _copy_code(text, 0, "")[0]
    except (_Unclosed, RecursionError):
        return text


def _copy_code(text: str, index: int, terminators: str) -> tuple[str, int]:
    """The text from `index` up to the first of `terminators` outside brackets, and the index of
    that.
    """
    rewritten: list[str] = []
    depth = 0
    while index < len(text):
        match = _STRING.match(text, index)
        if match is not None:
            part, index = _copy_string(text, match)
            rewritten.append(part)
            continue
        character = text[index]
        if character == "#":
            index = _line_end(text, index)
            continue
        if depth == 0 and terminators and _is_end(text, index, terminators):
            return "".join(rewritten), index
        depth += (character in _OPENING) - (character in _CLOSING)
        rewritten.append(character)
        index += 1
    if terminators:
        raise _Unclosed
    return "".join(rewritten), index


def _is_end(text: str, index: int, terminators: str) -> bool:
    """Whether the expression of a field ends here: `!=` and `==` do not end it."""
    character = text[index]
    if character == "=":
        return _SELF_DOCUMENTING.match(text, index) is not None and text[index - 1] not in "=!<>"
    return character in terminators and not text.startswith("!=", index)


def _line_end(text: str, index: int) -> int:
    end = text.find("\n", index)
    return len(text) if end < 0 else end


def _copy_string(text: str, match: re.Match[str]) -> tuple[str, int]:
    prefix, quote = match[1].lower(), match[2]
    if not set(prefix) & {"f", "t"}:
        end = _string_end(text, match.end(), quote)
        return text[match.start() : end], end
    fields, index = _fields(text, match.end(), quote)
    lines = "\n" * text.count("\n", match.start(), index)
    item = f'""[{"".join(f"{field}," for field in fields)}{lines}]' if fields else f'""{lines}'
    return item + ("+" if _NEXT_STRING.match(text, index) else ""), index


def _string_end(text: str, index: int, quote: str) -> int:
    while not text.startswith(quote, index):
        if index >= len(text) or (len(quote) == 1 and text[index] == "\n"):
            raise _Unclosed
        index += 2 if text[index] == "\\" else 1
    return index + len(quote)


def _fields(text: str, index: int, end: str) -> tuple[list[str], int]:
    """The expressions of the fields up to `end`, including those in format specifications, and the
    index after `end`.
    """
    fields: list[str] = []
    while not text.startswith(end, index):
        if index >= len(text):
            raise _Unclosed
        if text.startswith(("{{", "}}"), index) or text[index] == "\\":
            index += 2
        elif text[index] == "{":
            field, index = _copy_code(text, index + 1, "}!:")
            fields.append(" ".join(field.split("\n")))
            for suffix in (_SELF_DOCUMENTING, _CONVERSION):
                skipped = suffix.match(text, index)
                index = index if skipped is None else skipped.end()
            if text.startswith(":", index):
                inner, index = _fields(text, index + 1, "}")
                fields += inner
            else:
                index += 1
        else:
            index += 1
    return fields, index + len(end)
