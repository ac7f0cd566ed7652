"""How does `jupyter namespace-viz graph` work?"""
