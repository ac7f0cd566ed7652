"""Which special methods run when an object is used?

The rows are notebooks; the expected words are the names that the last cell lacks.
"""

from __future__ import annotations

import pytest

from tests.core.tools.notebooks import lacked_by_the_last


def with_method(head: str) -> str:
    """A class with this method, which reads a missing name, and two objects of it."""
    return f"class A:\n    def {head}: return x\na, b = A(), A()\n---\n"


USED = {
    "if": ("__bool__(self)", "if a: pass", "x"),
    "not": ("__len__(self)", "print(not a)", "x"),
    "and": ("__bool__(self)", "a and 1", "x"),
    "the last operand": ("__bool__(self)", "1 and a", ""),
    "while": ("__bool__(self)", "while a: break", "x"),
    "assert": ("__bool__(self)", "assert a", "x"),
    "a filter": ("__bool__(self)", "[1 for c in [a] if c]", "x"),
    "is": ("__bool__(self)", "a is None", ""),
    "equal": ("__eq__(self, o)", "a == b", "x"),
    "the right operand": ("__eq__(self, o)", "1 == a", "x"),
    "not equal": ("__eq__(self, o)", "a != 1", "x"),
    "greater": ("__lt__(self, o)", "a > b", "x"),
    "added to": ("__radd__(self, o)", "1 + a", "x"),
    "sum": ("__radd__(self, o)", "sum([a])", "x"),
    "in place": ("__add__(self, o)", "a += 1", "x"),
    "sorted": ("__lt__(self, o)", "sorted([a, b])", "x"),
    "one that is sorted": ("__lt__(self, o)", "sorted([a])", ""),
    "the largest": ("__gt__(self, o)", "max([a, b])", "x"),
    "a key": ("__hash__(self)", "{a: 1}", "x"),
    "an element": ("__hash__(self)", "{a}", "x"),
    "a key that is added": ("__hash__(self)", "d = {}\nd[a] = 1", "x"),
    "in": ("__iter__(self)", "1 in a", "x"),
    "of a class": ("__class_getitem__(cls, i)", "A[int]", "x"),
    "an attribute that is missing": ("__getattr__(self, n)", "a.size", "x"),
    "one that all objects have": ("__getattr__(self, n)", "a.__dict__", ""),
}
CLASSES = {
    "one that __init__ sets": (
        "class A:\n    def __init__(self): self.n = 1\n    def __getattr__(self, n): return x\n"
        "---\nA().n", ""
    ),
    "one that is set from outside": (
        "class A:\n    def __getattr__(self, n): return x\na = A()\na.n = 1\n---\na.n", ""
    ),
    "a descriptor": (
        "class D:\n    def __get__(self, o, t): return x\nclass A:\n    d = D()\n---\nA().d", "x"
    ),
    "a descriptor of a class": (
        "class D:\n    def __get__(self, o, t): return x\nclass A:\n    d = D()\n---\nA.d", "x"
    ),
    "a class of a metaclass": (
        "class M(type):\n    def __init__(cls, n, b, d): x\n---\nclass A(metaclass=M): pass", "x"
    ),
    "a class whose metaclass makes it": (
        "class M(type):\n    def __new__(m, n, b, d): x\n---\nclass A(metaclass=M): pass", "x"
    ),
    "a class of a base with a metaclass": (
        "class M(type):\n    def __new__(m, n, b, d):\n        if n != 'A': x\n"
        "class A(metaclass=M): pass\n---\nclass B(A): pass", "x?"
    ),
    "an object of such a class": (
        "class M(type):\n    def __call__(cls): return x\nclass A(metaclass=M): pass\n---\nA()", "x"
    ),
    "isinstance": (
        "class M(type):\n    def __instancecheck__(cls, o): return x\n"
        "class A(metaclass=M): pass\n---\nisinstance(1, A)", "x"
    ),
    "a key that is compared": (
        "class K:\n    def __init__(self, v): pass\n    def __lt__(self, o): return x\n---\n"
        "sorted([1, 2], key=K)", "x"
    ),
}  # fmt: skip


@pytest.mark.parametrize(("head", "use", "expected"), USED.values(), ids=USED)
def test_what_the_use_of_an_object_lacks(head: str, use: str, expected: str) -> None:
    assert lacked_by_the_last(with_method(head) + use) == expected


@pytest.mark.parametrize(("text", "expected"), CLASSES.values(), ids=CLASSES)
def test_what_the_last_cell_lacks(text: str, expected: str) -> None:
    assert lacked_by_the_last(text) == expected
