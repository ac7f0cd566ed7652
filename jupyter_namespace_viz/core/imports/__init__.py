"""How can an import fail, and how do cells change where imports look?"""
