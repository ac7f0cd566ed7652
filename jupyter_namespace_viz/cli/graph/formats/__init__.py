"""The formats of `jupyter namespace-viz graph`, a file each."""
