"""Which cell provides names to which? `jupyter namespace-viz graph` draws it."""
