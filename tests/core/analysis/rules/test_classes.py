"""Which scope does a class body read and bind in?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.analysis.reader import read_cell
from tests.core.tools.notebooks import described, table

CLASSES = table("""
== bases, keywords and decorators run at once
@d
class C(B, metaclass=M):
    pass
-> defines C=class
-> uses B M d
== a body runs at once and reads the global where it has not bound the name
class C:
    a = a
    b = a
    c: T = b
-> defines C=class
-> uses T a
== a name that the body bound in a branch may be the global
class C:
    if t:
        a = 1
    b = a
-> defines C=class
-> uses a? t
== methods skip the class scope
class C:
    a = 1
    def m(self):
        return a
-> defines C=class
-> uses ~a?
== comprehensions skip the class scope, except for their first iterable
class C:
    a = 1
    b = [a for _ in a]
-> defines C=class
-> uses a
== lambdas skip the class scope
class C:
    a = 1
    f = lambda self: a
-> defines C=class
-> uses ~a?
== a lambda that is called or passed on skips the class scope too
class C:
    x = 1
    f = made_by(lambda self: x + y)
-> defines C=class
-> uses made_by ~x ~y
== a class defined in a class
class C:
    x = 1
    class D:
        y = x
-> defines C=class
-> uses x
== global in a class body binds outside
class C:
    global g
    g = 1
-> defines C=class g=assignment
== calling a class runs its __init__ only
class C:
    def __init__(self):
        self.a = x
    def m(self):
        return y
C()
-> defines C=class
-> uses x<C ~y?
== the body calls a function of its own, which does not see the class
class C:
    y = 1
    def f():
        return x, y
    z = f()
-> defines C=class
-> uses x y
== a generator function of its own runs when it is consumed
class C:
    def f():
        yield x
    z = f()
-> defines C=class
-> uses ~x?
== private names are mangled
class _C:
    a = __x
    __b = __m__
    def f(self, __p, *__q):
        global __g
        __g = [__p + __i + __b for __i in __q]
_C().f(1)
-> defines _C=class _C__g=global
-> uses _C__b<_C _C__x __m__
== a class without a letter mangles nothing
class __:
    a = __x
-> defines __=class
-> uses __x
== a class in a function
def f():
    class C:
        a = x
        def m(self):
            return y
-> defines f=function
-> uses ~x ~y?
== a method sees the function's local around its class
def f():
    x = 1
    class C:
        x = 2
        def m(self):
            return x
-> defines f=function
== names that Python binds in the body
class A:
    a: int
    names = __qualname__, __module__, __annotations__
-> defines A=class
-> uses int
== the class of a method
class A:
    def f(self):
        return __class__, (lambda: __class__)
    g = lambda self: __class__
A()
def f():
    return __class__
f()
-> defines A=class f=function
-> uses __class__<f
== members of an enumeration in the module
@enum.global_enum
class A(Enum):
    x = 1
    _y = 2
    def f(self): pass
x
-> defines A=class x=assignment
-> uses Enum enum
""")


@pytest.mark.parametrize(("source", "expected"), CLASSES)
def test_a_class_is_read_as_python_runs_it(source: str, expected: dict[str, str]) -> None:
    assert described(read_cell(source)) == expected
