"""Which packages are installed, and which package has a module?"""
