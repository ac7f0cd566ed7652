"""Which cell provides the names that another cell uses?"""
