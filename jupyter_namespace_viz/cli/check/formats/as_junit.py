"""How do CI servers read it? As JUnit's XML, a notebook a test case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO

from junitparser import Failure, JUnitXml, Skipped, TestCase, TestSuite

from jupyter_namespace_viz.cli.check.checker import CheckedNotebook
from jupyter_namespace_viz.cli.check.formats.sentences import told, where


def lines(notebooks: Iterable[CheckedNotebook]) -> Iterator[str]:
    """The whole document, when all is known."""
    suite = TestSuite("jupyter-namespace-viz check")
    suite.add_testcases([_test_case(notebook) for notebook in notebooks])
    document = JUnitXml()
    document.add_testsuite(suite)
    written = BytesIO()
    document.write(written, pretty=True)
    yield written.getvalue().decode()


def _test_case(notebook: CheckedNotebook) -> TestCase:
    """Fails for what is certain; what might be raised is only told, as output."""
    case = TestCase(str(notebook.path), classname="check")
    if not notebook.is_python:
        case.result = Skipped(f"not checked, its language is {notebook.language}")
    sentences = {
        certain: "\n".join(
            f"{where(notebook, finding)}: {told(finding)}"
            for finding in notebook.findings
            if finding.certain == certain
        )
        for certain in (True, False)
    }
    if sentences[True]:
        first = next(finding for finding in notebook.findings if finding.certain)
        case.result = Failure(told(first), first.error)
        case.result[0].text = sentences[True]
    if sentences[False]:
        case.system_out = sentences[False]
    return case
