"""How does the Jupyter Server extension work?"""
