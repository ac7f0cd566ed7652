"""What can be known of a Python environment without running anything of it?"""
