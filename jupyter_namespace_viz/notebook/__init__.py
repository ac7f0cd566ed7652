"""What is known of one open notebook against one kernel?"""
