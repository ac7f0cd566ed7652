"""What does `python -m jupyter_namespace_viz` do? The same as `jupyter namespace-viz`."""

from __future__ import annotations

from jupyter_namespace_viz.cli.main import main

if __name__ == "__main__":
    main(prog_name="python -m jupyter_namespace_viz")
