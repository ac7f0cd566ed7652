"""Which messages do the panel, the server and the probe exchange?"""
