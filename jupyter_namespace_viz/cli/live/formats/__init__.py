"""How is a report on a running kernel written down, for people and for programs?"""
