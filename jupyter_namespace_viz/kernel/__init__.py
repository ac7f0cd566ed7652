"""How does the server follow live kernels, and learn from the probe what they hold?"""
