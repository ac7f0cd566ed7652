"""How can an older Python read type parameters and `type` statements?

def f[T](x: T, y=T): ...    def f(x: object, y=T): ...    the default does not see T
type Pair[T] = T            Pair = (None)                 the value is evaluated later, if at all
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from token import COMMENT, DEDENT, ENDMARKER, INDENT, NAME, NEWLINE, NL, OP, STRING
from tokenize import TokenError, TokenInfo, generate_tokens

_OPENING, _CLOSING = frozenset("([{"), frozenset(")]}")
_WORD = re.compile(r"\w+")
_DEFINITION = re.compile(r"\b(?:def|class)[ \t]+\w+[ \t]*\[|\btype[ \t]+\w+[ \t]*[\[=]")


@dataclass(frozen=True, slots=True)
class _Edit:
    """The text from one place to another is to be replaced; a place is a line and a column."""

    start: tuple[int, int]
    end: tuple[int, int]
    text: str


def without_type_syntax(text: str) -> str:
    """The text with each type parameter as `object`, which is always bound, and `type` statements
    as assignments. The number of lines stays the same.
    """
    tokens = _tokens(text)
    return _edited(text, sorted(_edits(tokens), key=lambda edit: edit.start)) if tokens else text


def without_type_defaults(text: str) -> str:
    """The same, but only if a type parameter has a default: `def f[T = int](…)`."""
    tokens = _tokens(text)
    for index in _indexes_of_names(tokens):
        end = _after_brackets(tokens, index + 1)
        if any(token.string == "=" for token in tokens[index + 1 : end]):
            return without_type_syntax(text)
    return text


def _tokens(text: str) -> list[TokenInfo]:
    """The tokens of the text without its comments; none where it cannot be tokenized, or where
    nothing in it looks like this syntax.
    """
    if not _DEFINITION.search(text):
        return []
    try:
        found = list(generate_tokens(io.StringIO(text).readline))
    except (TokenError, SyntaxError):
        return []
    return [token for token in found if token.type not in {COMMENT, NL}]


def _indexes_of_names(tokens: list[TokenInfo]) -> Iterator[int]:
    """The indexes of the names that `def`, `class` or `type` defines and `[` follows."""
    for index in range(1, len(tokens) - 1):
        before, name, after = tokens[index - 1 : index + 2]
        is_alias = before.string == "type" and after.string == "="
        if name.type == NAME and (is_alias or after.string == "[") and _defines(tokens, index - 1):
            yield index


def _defines(tokens: list[TokenInfo], index: int) -> bool:
    """Whether a definition begins with the word at `index`."""
    word = tokens[index].string
    if word in {"def", "class"}:
        return True
    before = tokens[index - 1] if index > 0 else None
    starts = before is None or before.type in {NEWLINE, INDENT, DEDENT} or before.string in ";:"
    return word == "type" and starts


def _edits(tokens: list[TokenInfo]) -> Iterator[_Edit]:
    for index in _indexes_of_names(tokens):
        keyword, name = tokens[index - 1], tokens[index]
        after = _after_brackets(tokens, index + 1)
        if keyword.string == "type":
            end = _end_of_value(tokens, after)
            if end > after + 1:
                last = tokens[end - 1].end
                lines = "\n" * (last[0] - keyword.start[0])
                yield _Edit(keyword.start, last, f"{name.string} = (None{lines})")
        elif after > index + 1:
            brackets = tokens[index + 1], tokens[after - 1]
            lines = "\\\n" * (brackets[1].end[0] - brackets[0].start[0])
            yield _Edit(brackets[0].start, brackets[1].end, lines)
            names = dict.fromkeys(_parameters(tokens[index + 1 : after]), "object")
            yield from _renamed(tokens, after, names, is_function=keyword.string == "def")


def _after_brackets(tokens: list[TokenInfo], index: int) -> int:
    """The index behind the bracket that closes the one at `index`; `index` where there is none."""
    depth = 0
    for place in range(index, len(tokens)):
        string = tokens[place].string
        is_operator = tokens[place].type == OP
        depth += (is_operator and string in _OPENING) - (is_operator and string in _CLOSING)
        if depth == 0:
            return place + 1 if place > index else index
    return index


def _end_of_value(tokens: list[TokenInfo], index: int) -> int:
    """The index of the token that ends the statement."""
    while index < len(tokens):
        if tokens[index].type in {NEWLINE, ENDMARKER} or tokens[index].string == ";":
            break
        index = max(_after_brackets(tokens, index), index + 1)
    return index


def _parameters(tokens: list[TokenInfo]) -> Iterator[str]:
    """The names in `[T: int, *Ts, **P]`."""
    depth = 0
    is_name_next = False
    for token in tokens:
        is_operator = token.type == OP
        depth += (is_operator and token.string in _OPENING) - (
            is_operator and token.string in _CLOSING
        )
        if depth == 1 and is_operator and token.string in {"[", ","}:
            is_name_next = True
        elif is_name_next and token.type == NAME:
            yield token.string
            is_name_next = False


def _renamed(
    tokens: list[TokenInfo], index: int, names: Mapping[str, str], is_function: bool
) -> Iterator[_Edit]:
    """The names replaced from the signature at `index` to the end of the block, except in the
    defaults of a function.
    """
    blocks, brackets, in_default, in_signature = 0, 0, False, is_function
    for place in range(index, len(tokens)):
        token = tokens[place]
        blocks += (token.type == INDENT) - (token.type == DEDENT)
        if token.type == OP:
            brackets += (token.string in _OPENING) - (token.string in _CLOSING)
            if in_signature and brackets == 0:
                in_signature = in_default = False
            elif in_signature and brackets == 1 and token.string in {"=", ","}:
                in_default = token.string == "="
        has_block = place + 1 < len(tokens) and tokens[place + 1].type == INDENT
        if blocks == 0 and (token.type == DEDENT or (token.type == NEWLINE and not has_block)):
            return
        if in_default:
            continue
        if token.type == NAME and token.string in names and tokens[place - 1].string != ".":
            yield _Edit(token.start, token.end, names[token.string])
        elif token.type == STRING and "f" in token.string[:2].lower():
            text = _WORD.sub(lambda word: names.get(word[0], word[0]), token.string)
            yield _Edit(token.start, token.end, text)


def _edited(text: str, edits: list[_Edit]) -> str:
    """The text after the edits; one inside another is left out."""
    offsets = [0]
    for line in text.split("\n"):
        offsets.append(offsets[-1] + len(line) + 1)
    parts, end = [], 0
    for edit in edits:
        start = offsets[edit.start[0] - 1] + edit.start[1]
        if start >= end:
            parts += [text[end:start], edit.text]
            end = offsets[edit.end[0] - 1] + edit.end[1]
    return "".join([*parts, text[end:]])
