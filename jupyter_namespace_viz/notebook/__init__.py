"""What does an open notebook need, and what of that does its kernel hold?"""
