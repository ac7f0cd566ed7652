"""How is a dependency graph drawn?"""
