"""How does text that a newer Python reads look to the one that we run in?

The kernel may run a newer Python than the server, whose parser then refuses what is no mistake.
Such a statement is written the old way, with the same names on the same lines, and read like that:

    def f[T](x: T): ...      def f(x: object): ...       since 3.12
    type Pair = tuple        Pair = tuple                since 3.12
    f"{x["a"]}"              ""[x["a"],]                 since 3.12
    t"{x}"                   ""[x,]                      since 3.14
    except A, B:             except (A, B):              since 3.14
"""

from __future__ import annotations

import re
from collections.abc import Callable

Version = tuple[int, int]

_PARAMETERS = re.compile(
    r"^(\s*(?:async\s+def|def|class)\s+\w+\s*)\[([^\[\]\n]*(?:\[[^\[\]\n]*\][^\[\]\n]*)*)\]",
    re.MULTILINE,
)
_ALIAS = re.compile(r"^(\s*)type\s+(\w+)\s*(?:\[([^\]\n]*)\])?\s*=", re.MULTILINE)
_STAR_ANNOTATION = re.compile(r"(\*\s*\w+\s*:\s*)\*")
_EXCEPT_STAR = re.compile(r"^(\s*except)\s*\*", re.MULTILINE)
_SEVERAL = re.compile(r"^(\s*except)\s+([A-Z][\w.]*(?:\s*,\s*[A-Z][\w.]*)+)\s*:", re.MULTILINE)
_TEMPLATE = re.compile(r"\b(?:t|tr|rt)[\"']", re.IGNORECASE)
_F_STRING = re.compile(r"\b(?:f|fr|rf)[\"']", re.IGNORECASE)


def _without_parameters(text: str) -> str:
    """Type parameters are names of the statement's own: `object` needs no provider."""
    while found := _PARAMETERS.search(text):
        below = _with_objects(text[found.end() :], found[2])
        text = text[: found.start()] + found[1] + below
    return text


def _without_alias(text: str) -> str:
    def old_way(found: re.Match[str]) -> str:
        return f"{found[1]}{found[2]} ="

    parameters = ",".join(found[3] or "" for found in _ALIAS.finditer(text))
    return _ALIAS.sub(old_way, _with_objects(text, parameters) if parameters else text)


def _with_objects(text: str, parameters: str) -> str:
    names = re.findall(r"(?:^|,)\s*\**(\w+)", parameters)
    return re.sub(rf"\b(?:{'|'.join(names)})\b", "object", text) if names else text


def _without(strings: re.Pattern[str]) -> Callable[[str], str]:
    return lambda text: with_plain_fields(text) if strings.search(text) else text


_OLD_WAYS: tuple[tuple[Version, Callable[[str], str]], ...] = (
    ((3, 14), lambda text: _SEVERAL.sub(r"\1 (\2):", text)),
    ((3, 14), _without(_TEMPLATE)),
    ((3, 12), _without_parameters),
    ((3, 12), _without_alias),
    ((3, 12), _without(_F_STRING)),
    ((3, 11), lambda text: _STAR_ANNOTATION.sub(r"\1", text)),
    ((3, 11), lambda text: _EXCEPT_STAR.sub(r"\1", text)),
)


def written_the_old_way(text: str, running: Version) -> tuple[str, Version] | None:
    """A statement as an older Python would have it, and the version whose grammar it is; None
    where nothing in it is newer than `running`. Whether it can be read now is not checked.
    """
    since: Version | None = None
    for version, old_way in _OLD_WAYS:
        if version > running:
            written = old_way(text)
            if written != text:
                since = max(version, since or version)
                text = written
    return None if since is None else (text, since)


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
