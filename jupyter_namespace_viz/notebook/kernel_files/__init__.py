"""What do the files of a kernel's environment tell about a notebook?"""
