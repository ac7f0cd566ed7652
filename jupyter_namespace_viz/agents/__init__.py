"""What may a program that edits and runs notebooks for its user ask, and what is answered?"""
