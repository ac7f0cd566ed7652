"""What needs attention in a notebook, and what would mend it?"""
