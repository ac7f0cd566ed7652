"""Which cell made a run that does not carry the id of a cell?"""
