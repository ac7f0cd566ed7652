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

from jupyter_namespace_viz.core.syntax.f_strings import with_plain_fields

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
