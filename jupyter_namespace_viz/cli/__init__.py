"""The command line: `jupyter namespace-viz`."""
