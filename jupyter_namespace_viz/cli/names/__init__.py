"""How does `jupyter namespace-viz names` work?"""
