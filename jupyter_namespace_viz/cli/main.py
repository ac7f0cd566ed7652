"""What can be asked on the command line? (`jupyter namespace-viz`)"""

from __future__ import annotations

import click

from jupyter_namespace_viz.cli.check_command import check
from jupyter_namespace_viz.cli.graph_command import graph
from jupyter_namespace_viz.cli.live_command import live
from jupyter_namespace_viz.cli.names_command import names


@click.group(name="jupyter namespace-viz")
@click.version_option(package_name="jupyter_namespace_viz")
def main() -> None:
    """Tell which notebook cells provide and need which names."""


for command in (names, check, graph, live):
    main.add_command(command)
