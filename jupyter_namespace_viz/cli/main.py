"""Which commands does `jupyter namespace-viz` have?"""

from __future__ import annotations

import click

from jupyter_namespace_viz.cli.check.command import check
from jupyter_namespace_viz.cli.graph.command import graph
from jupyter_namespace_viz.cli.live.command import live
from jupyter_namespace_viz.cli.names.command import names


@click.group(name="jupyter namespace-viz")
@click.version_option(package_name="jupyter_namespace_viz")
def main() -> None:
    """Show which notebook cells provide and need which names."""


for command in (names, check, graph, live):
    main.add_command(command)
