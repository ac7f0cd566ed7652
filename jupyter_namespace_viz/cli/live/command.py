"""What are the arguments of `jupyter namespace-viz live`?"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from jupyter_namespace_viz.cli.arguments import (
    format_options,
    output_option,
    quiet_option,
    server_options,
)
from jupyter_namespace_viz.cli.notebooks.paths import STANDARD_INPUT
from jupyter_namespace_viz.cli.output import opened

FORMATS = ("table", "text", "json")


@click.command()
@click.argument("notebook", type=click.Path(path_type=Path))
@click.option(
    "--kernel",
    "kernel_id",
    metavar="ID",
    help="The kernel to compare the notebook with; the beginning of its id is enough.  "
    "[default: the kernel of the open notebook]",
)
@server_options
@format_options(
    FORMATS,
    "How to print it: json is the REST API's answer.  [default: table on a terminal, else text]",
)
@output_option
@quiet_option
@click.option("--watch", is_flag=True, help="Print again whenever something changes, until Ctrl-C.")
def live(
    notebook: Path,
    kernel_id: str | None,
    url: str | None,
    token: str | None,
    output_format: str | None,
    output: Path | None,
    quiet: bool,
    watch: bool,
) -> None:
    """Compare a notebook with its running kernel: print which cells would raise, and why.

    The notebook has to be open with a kernel in JupyterLab, Notebook or another program on a
    Jupyter server that has this extension. The cells are those of the saved file: save it first.
    With --watch the file is read again whenever it is saved; Ctrl-C, SIGTERM and SIGHUP end the
    watch. - reads the notebook from standard input; --kernel then names its kernel. Nothing is run.

    Exit status: 0 when no cell is blocked, 1 when one is, 2 when that cannot be known. Cells that
    only wait for the cells above them to run do not count: in a new kernel nearly all of them do.
    --format json has the numbers of all blocked and of all waiting cells. With --watch the last
    report counts.
    """
    if notebook == STANDARD_INPUT and (kernel_id is None or watch):
        raise click.UsageError("- needs --kernel ID, and there is nothing to watch.")
    # No other command needs the server's packages, which take 0.1 s to import.
    from jupyter_namespace_viz.cli.live.run import Target, run  # noqa: PLC0415

    with opened(output) as stream, _file_of(notebook) as file:
        target = Target(file, kernel_id, url, token, quiet)
        status = run(target, output_format, watch, stream)
    sys.exit(status)


@contextmanager
def _file_of(notebook: Path) -> Iterator[Path]:
    """The notebook's file; that of a notebook which is piped, and is read more than once, is ours
    meanwhile."""
    if notebook != STANDARD_INPUT:
        yield notebook
        return
    with TemporaryDirectory() as folder:
        file = Path(folder, "standard-input.ipynb")
        file.write_bytes(sys.stdin.buffer.read())
        yield file
