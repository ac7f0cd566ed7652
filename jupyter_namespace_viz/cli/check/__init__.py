"""How does `jupyter namespace-viz check` work?"""
