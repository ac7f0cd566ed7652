"""How are live reports shown? A file per format."""
