"""How is an answer to an agent written?"""
