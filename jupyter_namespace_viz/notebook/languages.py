"""In which languages are sentences written, and how are cells mentioned in them?"""

from __future__ import annotations

import gettext
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from jupyter_namespace_viz.core.graph.dependency_graph import EMPTY_GRAPH, DependencyGraph
from jupyter_namespace_viz.core.sentences import Sentence, Translations, sentence

LOCALE = Path(__file__).parent.parent / "locale"
"""A folder per language, where JupyterLab looks for the panel's translations too."""

DOMAIN = "sentences"

ENGLISH: Translations = gettext.NullTranslations()

TextOf = Callable[[Sentence], str]
"""Writes a sentence."""


@lru_cache(maxsize=64)
def translations_to(language: str) -> Translations:
    """The translations to a language that JupyterLab calls `de-DE`; English where there are none.

    As in JupyterLab, a language is that of one region: what the panel shows is in one language.
    """
    wanted = language.replace("-", "_").lower()
    for folder in LOCALE.iterdir():
        if folder.name.lower() == wanted:
            return gettext.translation(DOMAIN, LOCALE, [folder.name], fallback=True)
    return ENGLISH


class SentenceWriter:
    """Writes sentences for a panel, which draws `[[id]]` as a link to the cell with the id.

    A sentence about the cells of `graph` is written once: many are the same in each report.
    """

    def __init__(self, language: str, graph: DependencyGraph) -> None:
        self.language = language
        self.graph = graph
        self._translations = translations_to(language)
        self._written: dict[Sentence, str] = {}

    def __call__(self, sentence: Sentence) -> str:
        """The text of a sentence about cells of the graph."""
        text = self._written.get(sentence)
        if text is None:
            text = sentence.written(self._translations, self._link)
            self._written[sentence] = text
        return text

    def _link(self, index: int) -> str:
        return f"[[{self.graph.cells[index].id}]]"


def writer_for(language: str | None, graph: DependencyGraph, previous: TextOf) -> TextOf:
    """A writer for the cells of the graph: `previous` if it is one. Without a language, it writes
    plain English.
    """
    if language is None:
        return str
    if isinstance(previous, SentenceWriter):
        is_same = previous.graph is graph and previous.language == language
        return previous if is_same else SentenceWriter(language, graph)
    return SentenceWriter(language, graph)


FAILED = sentence(
    "The server could not judge this notebook; its log says why. It tries again with the next"
    " change."
)


def text_of_refusal(message: str, language: str | None) -> str:
    """Why a message of a panel is refused; what only programs get to see is not translated."""
    if language is None or not isinstance(message, Sentence):
        return str(message)
    return SentenceWriter(language, EMPTY_GRAPH)(message)
