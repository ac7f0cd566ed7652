"""What do texts that are given to calls do to names: code, names, modules, paths, queries?"""
