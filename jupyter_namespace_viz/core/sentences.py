"""How is a sentence for the user made, so that it can be written in every language?

A sentence is a whole template with named fields. Translators get the template, and put the fields
where their language wants them:

    >>> told = sentence("Cell {cell} deleted `{name}`.", cell=CellAt(1), name="x")
    >>> print(told)
    Cell 2 deleted `x`.
    >>> told.written(GERMAN, lambda index: f"[[c{index + 1}]]")
    '`x` wurde von Zelle [[c2]] gelöscht.'

`scripts/make_locale.py` finds the templates in the source text, so they are literals: no template
is put together from parts. Code stands between backticks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class CellAt:
    """The field of a sentence that mentions the cell at `index`; written as its number, from 1."""

    index: int

    def __str__(self) -> str:
        return str(self.index + 1)


Field = str | int | CellAt
"""What a field contains: text (mostly code), another sentence, a number or a cell."""


class Translations(Protocol):
    """The templates of a language, as those of the standard library's `gettext`."""

    def gettext(self, message: str, /) -> str:
        """The template in the language."""

    def ngettext(self, msgid1: str, msgid2: str, n: int, /) -> str:
        """The template in the language for this number."""


class Sentence(str):
    """The plain English text, which also knows how it was made."""

    __slots__ = ("fields", "number", "plural", "template")

    template: str
    fields: Mapping[str, Field]
    plural: str | None
    number: int

    def __new__(
        cls, template: str, fields: Mapping[str, Field], plural: str | None = None, number: int = 1
    ) -> Sentence:
        """Write the template in English; `plural` is that for a `number` other than 1."""
        chosen = template if plural is None or number == 1 else plural
        self = super().__new__(cls, chosen.format_map(fields))
        self.template, self.fields, self.plural, self.number = template, fields, plural, number
        return self

    def __reduce__(self) -> tuple[type[Sentence], tuple[object, ...]]:
        return Sentence, (self.template, self.fields, self.plural, self.number)

    def written(self, translations: Translations, cell: Callable[[int], str]) -> str:
        """The text in a language, in which `cell` writes the cell at an index."""
        if self.plural is None:
            template = translations.gettext(self.template)
        else:
            template = translations.ngettext(self.template, self.plural, self.number)
        fields: dict[str, Field] = {}
        for name, field in self.fields.items():
            if isinstance(field, Sentence):
                fields[name] = field.written(translations, cell)
            else:
                fields[name] = cell(field.index) if isinstance(field, CellAt) else field
        return template.format_map(fields)


def sentence(template: str, /, **fields: Field) -> Sentence:
    """A sentence, or a part of one that is a field of another."""
    return Sentence(template, fields)


def counted(singular: str, plural: str, count: int, /, **fields: Field) -> Sentence:
    """A sentence with a template for one and a template for several; `{count}` is the number."""
    return Sentence(singular, {"count": count, **fields}, plural, count)


def verbatim(text: str) -> Sentence:
    """A text that is the same in every language, such as a message of Python's."""
    return Sentence("{text}", {"text": text})


def in_sequence(first: Sentence, second: Sentence) -> Sentence:
    """Two sentences, one after the other."""
    return sentence("{first} {second}", first=first, second=second)


def enumeration(items: Iterable[str]) -> str:
    """The items, with commas between them; `items` has at least one."""
    first, *others = items
    for item in others:
        first = sentence("{items}, {item}", items=first, item=item)
    return first
