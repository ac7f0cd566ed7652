"""How is what `check` found written down, for people and for programs?"""
