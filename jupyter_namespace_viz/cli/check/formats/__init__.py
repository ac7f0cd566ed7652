"""How are findings written? A file per format."""
