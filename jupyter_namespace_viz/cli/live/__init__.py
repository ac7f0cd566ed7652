"""How does `jupyter namespace-viz live` work?"""
