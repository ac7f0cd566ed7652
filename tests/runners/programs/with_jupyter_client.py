"""Runs the code cells of the notebook in the kernel, as a plain script does: FILE NOTEBOOK."""

from __future__ import annotations

import sys

import nbformat
from jupyter_client.blocking import BlockingKernelClient

file, notebook = sys.argv[1:]
client = BlockingKernelClient(connection_file=file)
client.load_connection_file()
client.start_channels(hb=False)
client.wait_for_ready(timeout=60)
for cell in nbformat.read(notebook, as_version=4).cells:
    if cell.cell_type == "code":
        client.execute_interactive(cell.source)
client.stop_channels()
