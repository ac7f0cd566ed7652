"""What does `jupyter namespace-viz live` take, and how does it end?"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

import click

from jupyter_namespace_viz.cli.notebooks.notebook_file import UnreadableNotebook

FOUND_SOMETHING = 1
COULD_NOT_TELL = 2


@click.command()
@click.argument("notebook", type=click.Path(path_type=Path))
@click.option(
    "--kernel",
    "kernel_id",
    metavar="ID",
    help="The kernel to hold it against; the beginning of its id will do.  "
    "[default: the one that the notebook is open with]",
)
@click.option(
    "--server",
    "url",
    metavar="URL",
    help="The server that has the kernel.  [default: the one on this machine that has the "
    "notebook open]",
)
@click.option(
    "--token",
    metavar="TOKEN",
    help="What lets you in.  [default: the token in the URL, that of a server on this machine, "
    "or $JUPYTER_TOKEN]",
)
@click.option("--json", "as_json", is_flag=True, help="Print the REST API's answer.")
@click.option("--watch", is_flag=True, help="Again whenever something changes, until Ctrl-C.")
def live(
    notebook: Path,
    kernel_id: str | None,
    url: str | None,
    token: str | None,
    as_json: bool,
    watch: bool,
) -> None:
    """Print how a notebook stands with its running kernel: which cells would raise, and why.

    The notebook has to be open with a kernel in JupyterLab, Notebook or another program on a
    Jupyter server that has this extension. Its cells are those of the file: save it first. With
    --watch it is read again when it is saved. Nothing of it is run.

    Exit status: 0 when no cell is blocked, 1 when one is, 2 when that cannot be told. A cell that
    only waits for the cells above it to run does not count, for in a new kernel nearly all do;
    --json has the number of all that are blocked, and of those that wait. With --watch the last
    report counts.
    """
    # Here, as the other commands need none of it, and it takes long to import.
    asking = import_module("jupyter_namespace_viz.cli.live.run")
    errors = import_module("jupyter_namespace_viz.cli.live.errors")
    formats = import_module("jupyter_namespace_viz.cli.live.formats.registry")
    question = asking.Question(notebook, kernel_id, url, token)
    try:
        with formats.chosen_format(as_json, watch) as show:
            last = asking.watch(question, show) if watch else asking.ask(question, show)
    except (errors.CannotTell, UnreadableNotebook) as error:
        click.echo(str(error), err=True)
        sys.exit(COULD_NOT_TELL)
    if last is not None and last.is_blocked:
        sys.exit(FOUND_SOMETHING)
    sys.exit(0 if last is not None and last.is_told else COULD_NOT_TELL)
