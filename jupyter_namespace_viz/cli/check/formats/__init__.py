"""How is what was found written, in each format?"""
