"""What are the arguments of `jupyter namespace-viz live`?"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from jupyter_namespace_viz.cli.arguments import format_options

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
@click.option(
    "--server",
    "url",
    metavar="URL",
    help="The server that runs the kernel.  [default: the one on this machine that has the "
    "notebook open]",
)
@click.option(
    "--token",
    metavar="TOKEN",
    help="The server's token.  [default: the token in the URL, that of a server on this machine, "
    "or $JUPYTER_TOKEN]",
)
@format_options(
    FORMATS,
    "How to print it: json is the REST API's answer.  [default: table on a terminal, else text]",
)
@click.option("--watch", is_flag=True, help="Print again whenever something changes, until Ctrl-C.")
def live(
    notebook: Path,
    kernel_id: str | None,
    url: str | None,
    token: str | None,
    output_format: str | None,
    watch: bool,
) -> None:
    """Compare a notebook with its running kernel: print which cells would raise, and why.

    The notebook has to be open with a kernel in JupyterLab, Notebook or another program on a
    Jupyter server that has this extension. The cells are those of the saved file: save it first.
    With --watch the file is read again whenever it is saved; Ctrl-C, SIGTERM and SIGHUP end the
    watch. Nothing is run.

    Exit status: 0 when no cell is blocked, 1 when one is, 2 when that cannot be known. Cells that
    only wait for the cells above them to run do not count: in a new kernel nearly all of them do.
    --format json has the numbers of all blocked and of all waiting cells. With --watch the last
    report counts.
    """
    # No other command needs the server's packages, which take 0.1 s to import.
    from jupyter_namespace_viz.cli.live.run import Target, run  # noqa: PLC0415

    sys.exit(run(Target(notebook, kernel_id, url, token), output_format, watch))
