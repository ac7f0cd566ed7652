"""The talk with live kernels: the probe beside the user's code, and the server's end of it."""
