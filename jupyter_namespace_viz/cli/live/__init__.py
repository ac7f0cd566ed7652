"""What `jupyter namespace-viz live` does: it holds a notebook against a running kernel."""
