"""Why can a question not be answered?"""

from __future__ import annotations


class Unanswerable(Exception):
    """The message says what is wrong with the question, and what to do; a model reads it."""
