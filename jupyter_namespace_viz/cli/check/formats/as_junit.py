"""How do CI servers read findings? As JUnit's XML, with a test case per notebook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO

from junitparser import Error, Failure, JUnitXml, Skipped, TestCase, TestSuite

from jupyter_namespace_viz.cli.check.checker import CheckedNotebook
from jupyter_namespace_viz.cli.check.formats.sentences import description, location
from jupyter_namespace_viz.cli.notebooks.notebook_file import UnreadableNotebook
from jupyter_namespace_viz.cli.notebooks.paths import shown


def lines(notebooks: Iterable[CheckedNotebook | UnreadableNotebook]) -> Iterator[str]:
    """The whole document, once all notebooks are checked."""
    suite = TestSuite("jupyter-namespace-viz check")
    suite.add_testcases([_test_case(notebook) for notebook in notebooks])
    document = JUnitXml()
    document.add_testsuite(suite)
    written = BytesIO()
    document.write(written, pretty=True)
    yield written.getvalue().decode()


def _test_case(notebook: CheckedNotebook | UnreadableNotebook) -> TestCase:
    """Certain errors make the test case fail; what might be raised becomes its output."""
    case = TestCase(shown(notebook.path), classname="check")
    if isinstance(notebook, UnreadableNotebook):
        case.result = Error(notebook.reason, "Unreadable")
        return case
    if not notebook.is_python:
        case.result = Skipped(f"not checked, its language is {notebook.language}")
    sentences = {
        certain: "\n".join(
            f"{location(notebook, finding)}: {description(finding)}"
            for finding in notebook.independent_findings
            if finding.certain == certain
        )
        for certain in (True, False)
    }
    if sentences[True]:
        first = next(finding for finding in notebook.independent_findings if finding.certain)
        case.result = Failure(description(first), first.error)
        case.result[0].text = sentences[True]
    if sentences[False]:
        case.system_out = sentences[False]
    return case
