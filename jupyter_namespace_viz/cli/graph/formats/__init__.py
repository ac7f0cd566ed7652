"""How is a graph written for `jupyter namespace-viz graph`? A file per format."""
