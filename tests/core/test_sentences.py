"""Is a sentence its English text, and can it be written in other words?"""

from __future__ import annotations

import gettext
import pickle

import pytest

from jupyter_namespace_viz.core.sentences import (
    CellAt,
    Sentence,
    counted,
    enumeration,
    in_sequence,
    sentence,
    verbatim,
)

GERMAN = {
    "Cell {cell} deleted {what}.": "{what} wurde von Zelle {cell} gelöscht.",
    "`{name}` (used by `{via}`)": "`{name}`, das `{via}` liest,",
    "{first} {second}": "{first} {second}",
}


class German(gettext.NullTranslations):
    """Translates what the table has; a plural has the ending `-en`."""

    def gettext(self, message: str) -> str:
        return GERMAN.get(message, message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return "{count} Zelle" if n == 1 else "{count} Zellen"


DELETED = sentence("Cell {cell} deleted {what}.", cell=CellAt(1), what="`x`")
VIA = sentence("`{name}` (used by `{via}`)", name="{x}", via="f")

SENTENCES = [
    (DELETED, "Cell 2 deleted `x`.", "`x` wurde von Zelle [[c2]] gelöscht."),
    (
        sentence("Cell {cell} deleted {what}.", cell=CellAt(0), what=VIA),
        "Cell 1 deleted `{x}` (used by `f`).",
        "`{x}`, das `f` liest, wurde von Zelle [[c1]] gelöscht.",
    ),
    (counted("{count} cell", "{count} cells", 1), "1 cell", "1 Zelle"),
    (counted("{count} cell", "{count} cells", 3), "3 cells", "3 Zellen"),
    (verbatim("Invalid {syntax}."), "Invalid {syntax}.", "Invalid {syntax}."),
    (
        in_sequence(DELETED, verbatim("No.")),
        "Cell 2 deleted `x`. No.",
        "`x` wurde von Zelle [[c2]] gelöscht. No.",
    ),
    (sentence("Not translated."), "Not translated.", "Not translated."),
]


@pytest.mark.parametrize(("told", "english", "german"), SENTENCES)
def test_a_sentence_in_two_languages(told: Sentence, english: str, german: str) -> None:
    assert told == english
    assert told.written(German(), lambda index: f"[[c{index + 1}]]") == german
    assert told.written(gettext.NullTranslations(), lambda index: str(index + 1)) == english


def test_a_sentence_goes_to_another_process_whole() -> None:
    copy = pickle.loads(pickle.dumps(DELETED))
    assert (copy, copy.template, copy.fields) == (DELETED, DELETED.template, DELETED.fields)


def test_an_enumeration_has_commas() -> None:
    assert enumeration(["a"]) == "a"
    assert enumeration(["a", "b", "c"]) == "a, b, c"
