"""Are sentences written in the language of the panel, with links to cells?"""

from __future__ import annotations

from jupyter_namespace_viz.core.analysis.cell_names import Cell
from jupyter_namespace_viz.core.graph.builder import updated_graph
from jupyter_namespace_viz.core.graph.dependency_graph import EMPTY_GRAPH
from jupyter_namespace_viz.core.sentences import CellAt, sentence
from jupyter_namespace_viz.notebook.languages import (
    SentenceWriter,
    text_of_refusal,
    translations_to,
    writer_for,
)

GRAPH = updated_graph(EMPTY_GRAPH, [Cell("a", "x = 1"), Cell("b", "print(x)")])
TOLD = sentence("Cell {cell} redefined `{name}` after this cell ran.", cell=CellAt(1), name="x")


def test_a_panel_gets_links() -> None:
    for language in ("en", "xx-YY"):
        text = SentenceWriter(language, GRAPH)(TOLD)
        assert text == "Cell [[b]] redefined `x` after this cell ran."


def test_without_a_language_a_sentence_is_plain_english() -> None:
    text = writer_for(None, GRAPH, str)(TOLD)
    assert text == "Cell 2 redefined `x` after this cell ran."
    assert type(text) is str


def test_a_writer_serves_one_graph_and_one_language() -> None:
    writer = writer_for("en", GRAPH, str)
    assert writer_for("en", GRAPH, writer) is writer
    assert writer_for("de-DE", GRAPH, writer) is not writer
    other = updated_graph(EMPTY_GRAPH, [Cell("b", "x = 1"), Cell("a", "print(x)")])
    assert writer_for("en", other, writer)(TOLD) == TOLD.replace("2", "[[a]]")


def test_a_language_is_found_as_jupyterlab_calls_it() -> None:
    assert translations_to("de-DE") is translations_to("de-DE")
    assert translations_to("../de_DE").gettext("a") == "a"


def test_a_refusal_is_translated_where_the_user_reads_it() -> None:
    many = sentence(
        "The notebook has {count} code cells. The server reads at most {most}.", count="9", most="5"
    )
    assert text_of_refusal(many, None) == many
    assert type(text_of_refusal(many, None)) is str
    assert text_of_refusal(many, "de-DE").startswith("Das Notebook hat 9 Codezellen.")
    assert text_of_refusal("$.order", "de-DE") == "$.order"
