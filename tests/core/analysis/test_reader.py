"""Is each of Python's rules on names read as Python means it?"""

from __future__ import annotations

import sys

import pytest

from jupyter_namespace_viz.core.analysis.bindings import ImportStatement
from jupyter_namespace_viz.core.analysis.reader import read_cell
from tests.core.notebooks import described, table

ORDER = table("""
== the right side is read before the left is bound
x = x + 1
-> defines x=assignment
-> uses x
== what is bound above is no need
x = 1
y = x
-> defines x=assignment y=assignment
== a need comes before its binding
y = x
x = 1
-> defines x=assignment y=assignment
-> uses x
== chained targets
x = y = z
-> defines x=assignment y=assignment
-> uses z
== unpacking
(p, [q, *r]) = s
-> defines p=assignment q=assignment r=assignment
-> uses s
== attributes and items are read, not bound
a.b = 1
c[i] = 2
d[j] += 3
-> uses a c d i j
== augmented assignment reads first
total += step
-> defines total=assignment
-> uses step total
== augmented assignment after a binding
total = 0
total += 1
-> defines total=assignment
== an annotated assignment reads its annotation at the end
x: x = y
-> defines x=assignment
-> uses y
== an annotation alone binds nothing
x: T
-> uses T
== an annotated attribute
a.b: T = v
-> uses T a v
== walrus
(n := len(xs)) + n
-> defines n=walrus
-> uses len xs
== a walrus on the right of an and may not run
a and (b := c)
b
-> defines b=walrus?
-> uses a b? c?
== nor one in a comprehension's later condition
[0 for i in a if i if (b := i)]
b
-> defines b=walrus?
-> uses a b?
== a walrus on the right of an or has run when both are false
if not (a or (b := c)):
    b
b
-> defines b=walrus?
-> uses a b? c?
== a walrus in a comparison
if (b := c) > 1 and b:
    b
b
-> defines b=walrus
-> uses c
== walrus on the right of an and has run when both are true
if a and (b := c):
    b
-> defines b=walrus?
-> uses a c?
== f-strings, their formats and conversions
f"{x:{width}} {y!r} {z=}"
-> uses width x y z
== star-args
f(*args, **options)
-> uses args f options
== conditional expressions and comparisons
a if b else c
d < e < f
-> uses a? b c? d e f
== builtins are names like others here
print(list)
-> uses list print
== assert reads its message only when it fails
assert a, b
-> uses a b?
== a global statement outside functions changes nothing
global g
g = 1
-> defines g=assignment
== await and async at the top level
await a
async for x in b: c
async with d as e: pass
[f async for f in g]
-> defines e=with x=loop
-> uses a b c d g
== slices, dicts, sets, starred lists
a[b:c:d], {e: f, **g}, {h}, [*i]
-> uses a b c d e f g h i
""")

DELETION = table("""
== deleting needs the name
del x
-> uses x
-> deletes x
== deleting its own name
x = 1
del x
-> deletes x
== bound again after being deleted
del x
x = 1
-> defines x=assignment
-> uses x
== deleted in a branch
x = 1
if c:
    del x
-> defines x=assignment?
-> uses c
-> deletes x
== deleting several names and an item
del (x, [y]), z[i]
-> uses i x y z
-> deletes x y
== the name of an exception is gone after its handler
try:
    a
except E as e:
    b = e
-> defines b=assignment?
-> uses E? a
-> deletes e
== and takes an outer one with it
e = 1
try:
    a
except E as e:
    pass
e
-> defines e=assignment?
-> uses E? a e?
-> deletes e
""")

FLOW = table("""
== bound in both branches
if c:
    x = 1
else:
    x = 2
x
-> defines x=assignment
-> uses c
== bound in one branch
if c:
    x = 1
x
-> defines x=assignment?
-> uses c x?
== bound in one branch, the other one raises
if c:
    x = 1
else:
    raise E
x
-> defines x=assignment
-> uses E? c
== elif without else
if a:
    x = 1
elif b:
    x = 2
-> defines x=assignment?
-> uses a b?
== a need in both branches is certain
if c:
    a(x)
elif d:
    a(y)
else:
    b = a
-> defines b=assignment?
-> uses a c d? x? y?
== a need in one branch only, or in a part of one that may not run
if c:
    a, x
else:
    c or a
-> uses a? c x?
== a need in both branches of a branch
if c:
    if d: a
    else: b = a
-> defines b=assignment?
-> uses a? c d?
== a need in both branches, after one has bound it
if c:
    a = 1
    a
else:
    a
-> defines a=assignment?
-> uses a? c
== a need in the body of both branches
if c:
    def f(): return a
else:
    def f(): return a
-> defines f=function
-> uses ~a c
== a need in both branches of a function
def f():
    if c: a
    else: a
f()
-> defines f=function
-> uses a<f c<f
== a need in both branches of a loop
for i in [1]:
    if i: a
    else: a
-> defines i=loop
-> uses a
== a need in both values
x = a + 1 if c else a - 1
-> defines x=assignment
-> uses a c
== a need in both branches that fails softly in one
if c:
    try: a
    except NameError: pass
else:
    a
-> uses NameError? a? c
== a need in a branch is conditional, after the branch certain
if c:
    x
y
-> uses c x? y
== an early raise keeps what follows certain
if c:
    raise E
y = x
-> defines y=assignment
-> uses E? c x
== a constant test
if True:
    x = a
else:
    x = b
-> defines x=assignment
-> uses a
== if 0 hides its body
if 0:
    x = a
== the main guard runs
if __name__ == "__main__":
    x = y
-> defines x=assignment
-> uses __name__ y
== the main guard does not run
if __name__ != "__main__":
    x = y
-> uses __name__
== a loop runs at least once
for i in rows:
    x = i
x, i
-> defines i=loop x=assignment
-> uses rows
== the targets of a loop may be parts
for a.b, c[i] in rows:
    pass
-> uses a c i rows
== a loop's else runs when the loop was not broken off
for i in rows:
    pass
else:
    x = y
-> defines i=loop x=assignment
-> uses rows y
== a loop's else may not run after a break
for i in rows:
    if i:
        break
else:
    x = y
-> defines i=loop x=assignment?
-> uses rows y?
== continue does not keep a loop's else from running
while n:
    if a:
        continue
else:
    x = y
-> defines x=assignment
-> uses a n y
== a break of an inner loop says nothing of the outer one
for i in rows:
    for j in i:
        break
else:
    x = y
-> defines i=loop j=loop x=assignment
-> uses rows y
== after a break in a branch the rest of the body is conditional
for i in rows:
    if i:
        break
    a
b
-> defines i=loop
-> uses a? b rows
== what is bound before a break is bound behind the loop
for i in rows:
    if i:
        found = i
        break
found
-> defines found=assignment? i=loop
-> uses found? rows
== unless the loop's else makes up for it
for i in rows:
    if i:
        found = i
        break
else:
    found = None
found
-> defines found=assignment i=loop
-> uses rows
== bound before some break
for i in rows:
    if i:
        a = b = i
        break
    elif c:
        a = i
        break
else:
    a = b = None
-> defines a=assignment b=assignment? i=loop
-> uses c? rows
== what comes after the end of a path has no effect
for i in rows:
    continue
    a = b
a
-> defines i=loop
-> uses a b? rows
== nor what comes after a raise
if c:
    raise E
    x = 1
x
-> uses E? c x
== but a local name is local
def f():
    return x
    x = 1
-> defines f=function
== what is bound before a continue
for i in rows:
    if i:
        a = i
        continue
    b = i
-> defines a=assignment? b=assignment i=loop
-> uses rows
== of an inner loop, in a try
for i in rows:
    for j in i:
        try:
            a = f(j)
            break
        except E:
            pass
-> defines a=assignment? i=loop j=loop
-> uses E? f rows
== a loop that only a break ends
while True:
    a = f()
    if a:
        b = a
        break
    c = a
b, c
-> defines a=assignment b=assignment c=assignment
-> uses f
== in a class body
class C:
    for i in rows:
        if i:
            a = i
            break
    a
-> defines C=class
-> uses a? rows
== while reads its test first
while n > 0:
    n -= 1
    m = n
-> defines m=assignment n=assignment
-> uses n
== with binds, also in parts
with open(f) as g, g.x as (h, i):
    j = h
-> defines g=with h=with i=with j=assignment
-> uses f open
== with without a name
with lock:
    x = 1
-> defines x=assignment
-> uses lock
""")

TRY = table("""
== what a try binds may be missing in its handler and after it
try:
    x = f()
except E:
    x
x
-> defines x=assignment?
-> uses E? f x?
== bound by the try and by its handler
try:
    x = f()
except ValueError:
    x = 0
x
-> defines x=assignment
-> uses ValueError? f
== a handler that raises
try:
    x = f()
except ValueError:
    raise
x
-> defines x=assignment
-> uses ValueError? f
== what always fails ends its path
try:
    x = 1 / 0
    y = 1
except ZeroDivisionError:
    pass
1 % z, 1 // 2
-> uses ZeroDivisionError? z
== else runs when nothing failed
try:
    a
except ValueError:
    b
else:
    x = 1
-> defines x=assignment?
-> uses ValueError? a b?
== finally always runs
try:
    x = a
finally:
    b
-> defines x=assignment
-> uses a b
== a handler that catches everything makes the body conditional
try:
    a
except Exception:
    b
c
-> uses Exception? a? b? c
== a handler for NameError guards the body
try:
    x
except NameError:
    x = 1
-> defines x=assignment?
-> uses NameError? [x]
== one of several exceptions
try:
    x
except (ValueError, NameError):
    pass
-> uses NameError? ValueError? [x]
== a guard ends with its body
try:
    x
except NameError:
    x = 1
else:
    y
z
-> defines x=assignment?
-> uses NameError? [x] y? z
== a name used outside of the guard too
try:
    x
except NameError:
    pass
x
-> uses NameError? x
== a name used before the guard
x
try:
    x
except NameError:
    pass
-> uses NameError? x
""")

MATCH = table("""
== the captures of every kind of pattern
match p:
    case Point(x=0, y=yy):
        q = yy
    case Colour.RED | 3:
        q = 1
    case [a, *rest]:
        q = 2
    case {"k": v, **kw} if w:
        q = v
    case _:
        q = 3
q
-> defines a=match? kw=match? q=assignment rest=match? v=match? yy=match?
-> uses Colour? Point? p w?
== without a last resort
match p:
    case 1:
        q = 1
q
-> defines q=assignment?
-> uses p q?
== a bare name matches everything
match p:
    case [x]:
        y = x
    case x:
        y = x
-> defines x=match y=assignment
-> uses p
== as
match p:
    case [1, 2] as x:
        pass
-> defines x=match?
-> uses p
""")

FUNCTIONS = table("""
== a body is deferred, and only defined it needs nothing
def f(a):
    b = a + np.pi
    return b
-> defines f=function
-> uses ~np
== defaults, annotations and decorators run at once
@d(e)
def f(a: A, b=g, /, *c: C, k=h, **kw: K) -> R:
    return a, b, c, k, kw
-> defines f=function
-> uses A C K R d e g h
== a name that the body binds anywhere is local everywhere
def f():
    print(x)
    x = 1
-> defines f=function
-> uses ~print
== a name in a branch of the body
def f(c):
    if c:
        x
    y
-> defines f=function
-> uses ~x? ~y
== after an early return the rest of a body is conditional
def f(c):
    if c:
        return x
    if y:
        return z
-> defines f=function
-> uses ~x? ~y? ~z?
== every binding makes a local
def f(s):
    import m
    for i in s: pass
    with s as w: pass
    try: pass
    except E as e: pass
    class C: pass
    def g(): pass
    (n := 1)
    t: int
    del u
    return m, i, w, e, C, g, n, t, u
-> defines f=function
-> uses ~E?
== annotations of locals are never evaluated
def f():
    x: T = y
-> defines f=function
-> uses ~y
== a call reads the body now
def f():
    return x
f()
-> defines f=function
-> uses x<f
== a name bound before the call
def f():
    return x
x = 1
f()
-> defines f=function x=assignment
== a name bound after the call
def f():
    return x
f()
x = 1
-> defines f=function x=assignment
-> uses x<f
== only called functions are read
def f():
    return a
def g():
    return b
f()
-> defines f=function g=function
-> uses a<f ~b
== a call in a branch
def f():
    return x
if c:
    f()
-> defines f=function
-> uses c x?<f
== a function that is passed on counts as called
def f(x):
    return x + y
z.apply(f)
-> defines f=function
-> uses y<f z
== as a keyword
def f(x):
    return x + y
sorted(z, key=f)
-> defines f=function
-> uses sorted y<f z
== a function that is only looked at is not called
def f(x):
    return x + y
isinstance(z, f), print(f)
-> defines f=function
-> uses isinstance print y?<f z
== a function that is kept for later
def f(x):
    return x + y
button.on_click(f)
-> defines f=function
-> uses button y?<f
== what shows the errors of a function instead of raising them
def f(x):
    return x + y
interact(f, x=1)
-> defines f=function
-> uses interact y?<f
== a lambda that is kept for later
button.on_click(lambda it: x)
-> uses button x?
== what is made of a function, called at once
def f(x):
    return x + y
np.vectorize(f)(z)
-> defines f=function
-> uses np y<f z
== what is made of a function, called later
def f(x):
    return x + y
g = np.vectorize(f)
-> defines f=function g=assignment
-> uses np y?<f
== map waits until somebody goes through it
def f(x):
    return x + y
m = map(f, z)
-> defines f=function m=assignment
-> uses map y?<f z
== map that is gone through by a call
def f(x):
    return x + y
list(map(f, z))
-> defines f=function
-> uses list map y<f z
== map that is gone through by a loop
def f(x):
    return x + y
for a in map(f, z): pass
[a for a in map(f, z)]
-> defines a=loop f=function
-> uses map y<f z
== a generator that is gone through by a loop
for a in (b + x for b in z): pass
-> defines a=loop
-> uses x z
== a function that is only mentioned
def f():
    return x
g = f
-> defines f=function g=assignment
-> uses x?<f
== a generator that is only made
def f():
    yield x
g = f()
f()
-> defines f=function g=assignment
-> uses x?<f
== a generator that is gone through
def f():
    yield from x
for a in f(): pass
-> defines a=loop f=function
-> uses x<f
== a generator that is passed on
def f():
    a = yield x
list(f())
-> defines f=function
-> uses list x<f
== a generator within a function is another
def f():
    def g(): yield 1
    return x
a = f()
-> defines a=assignment f=function
-> uses x<f
== a coroutine that is only made
async def f():
    x
a = f()
-> defines a=assignment f=function
-> uses x?<f
== a coroutine that is awaited
async def f():
    x
a = await f()
-> defines a=assignment f=function
-> uses x<f
== a decorator is called
def d(f):
    return w(f)
@d
def g():
    pass
-> defines d=function g=function
-> uses w<d
== functions that call functions
def f():
    return g() + a
def g():
    return b
f()
-> defines f=function g=function
-> uses a<f b<f
== recursion
def even(n):
    return n == 0 or odd(n - 1)
def odd(n):
    x
    return even(n - 1)
even(3)
-> defines even=function odd=function
-> uses x?<even
== a function calls itself
def f():
    return f() + x
f()
-> defines f=function
-> uses x<f
== nested functions are read where they are called
def f(a):
    def g():
        return a + b + c
    c = 1
    return g()
-> defines f=function
-> uses ~b
== a nested function that is handed out
def f():
    def g():
        return x
    return g
-> defines f=function
-> uses ~x?
== a nested function that is wrapped
def f():
    def g():
        return x
    g = d(g)
    return g
-> defines f=function
-> uses ~d ~x
== two nested functions of one name
def f(c):
    if c:
        def g(): return x
    else:
        def g(): return y
    return g()
-> defines f=function
-> uses ~x? ~y?
== nonlocal binds the outer function's name
def f(x):
    def g():
        nonlocal x
        x = y
    g()
    return x
-> defines f=function
-> uses ~y
== global reads and binds outside
def f():
    global n
    n += 1
-> defines f=function
-> uses ~n
== a called function binds its globals
def f():
    global n
    n = 1
f()
n
-> defines f=function n=global
== a generator's body is a body
def f():
    yield x
async def g():
    await y
-> defines f=function g=function
-> uses ~x ~y
== a redefined function
def f():
    return x
f = len
f()
-> defines f=assignment
-> uses len ~x
== lambda called at once
(lambda a: a + x)(1)
-> uses x
== lambda passed on
f(lambda a, *b, k=d, **c: a + x, y)
-> uses d f x y
== lambda kept somewhere
d = {"k": lambda: x}
-> defines d=assignment
-> uses x?
== lambda with a name is a function
f = lambda a=d: a + x
-> defines f=assignment
-> uses d ~x
== lambda with a name, called
f = lambda: x
f()
-> defines f=assignment
-> uses x<f
== a function of a branch reads what the branch has bound
try:
    from m import f
except ImportError:
    from m import g
    def f(): return g
-> defines f=function g=import?
-> uses ImportError?
-> imports m?
== a function of a branch reads what another branch has bound
if a:
    b = 1
else:
    def f(): return b
-> defines b=assignment? f=function?
-> uses a ~b?
== what a function reads is deleted after it was defined
a = 1
def f(): return a
del a
-> defines f=function
-> uses ~a
-> deletes a
== a global that the body assigns before it reads it
def f():
    global x
    x = 1
    return x
-> defines f=function
== a global that the body may assign before it reads it
def f():
    global x
    if a:
        x = 1
    return x
-> defines f=function
-> uses ~a ~x
""")

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
== so do comprehensions, but for their first iterable
class C:
    a = 1
    b = [a for _ in a]
-> defines C=class
-> uses a
== so do lambdas
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
-> uses made_by x y
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
-> uses x<C y?<C
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
""")

COMPREHENSIONS = table("""
== its names are its own
[x + y for x in z if x > w]
-> uses w y? z
== the first iterable is read outside
x = [x for x in x]
-> defines x=assignment
-> uses x
== later iterables inside
[y for x in xs for y in x]
-> uses xs
== a walrus binds outside
[last := f(x) for x in xs]
last
-> defines last=walrus
-> uses f xs
== dict, set, generator
{k: v for k, v in a}, {s + t for s in b}, list(g + h for g in c)
-> uses a b c h list t
== a generator that is kept may not be gone through
g = (x + y for x in z)
-> defines g=assignment
-> uses y? z
== nested
[[a + b + c for b in bs] for a in az]
-> uses az bs c
== a target that is an item
[0 for a[i] in xs]
-> uses a i xs
== in a function
def f(xs):
    y = 1
    return [x + y + z for x in xs]
-> defines f=function
-> uses ~z
== a lambda sees the comprehension's names
[run(lambda: x + y, xs) for x in xs]
-> uses run xs y
""")

IMPORTS = table("""
== plain, dotted, with a new name
import a, b.c, d.e as f
-> defines a=import b=import f=import
-> imports a b.c d.e
== from
from a.b import c, d as e
-> defines c=import e=import
-> imports a.b
== relative imports
from . import a
from .b import c
from ..d import *
-> defines a=import c=import
-> imports . ..d .b
-> stars ..d
== star import
from a import *
x
-> uses x*
-> imports a
-> stars a
== a name read before the star import does not come from it
x
from a import *
-> uses x
-> imports a
-> stars a
== guarded by ImportError
try:
    import a
except ImportError:
    a = None
-> defines a=assignment
-> uses ImportError?
-> imports [a]
== guarded by everything
try:
    import a as b
except:
    pass
-> defines b=import?
-> imports [a]
== alternatives
try:
    import a as x
except ModuleNotFoundError:
    import b as x
-> defines x=import
-> uses ModuleNotFoundError?
-> imports [a] b?
== another error guards nothing
try:
    import a
except ValueError:
    pass
-> defines a=import?
-> uses ValueError?
-> imports a
== in a branch
if c:
    import a
-> defines a=import?
-> uses c
-> imports a?
== in a function
def f():
    import a
    return a.b
-> defines f=function
== guarded once, then not
try:
    import a
except ImportError:
    pass
import a
-> defines a=import
-> uses ImportError?
-> imports a
== annotations of the future are not evaluated
from __future__ import annotations
x: T = 1
def f(a: A) -> R: pass
-> defines annotations=import f=function x=assignment
-> imports __future__
""")

ASKING = table("""
== in globals
if "x" in globals():
    x
-> uses globals [x]
== not in globals: it is there afterwards
if "x" not in globals():
    x = a
x
-> defines x=assignment?
-> uses a? globals [x]
== the other side
if not "x" in vars():
    y
else:
    x
-> uses vars [x] y?
== only this name
if "x" in locals():
    x, y
x
-> uses locals x y?
== dir and the shell's own dict
if "x" in dir() and "y" in get_ipython().user_ns:
    x + y
-> uses dir get_ipython? [x] [y]
== either
if "x" not in globals() or "y" not in globals():
    x = y = 1
x + y
-> defines x=assignment? y=assignment?
-> uses globals [x] [y]
== an expression
x if "x" in globals() else y
"z" in globals() and z
"w" not in globals() or w
-> uses globals [w] [x] y? [z]
== an assertion
assert "x" in globals()
x
-> uses globals [x]
== it raises when it is not there
if "x" not in globals():
    raise E
x
-> uses E? globals [x]
== a name of another dict
if "x" in d:
    x
-> uses d x?
== a name that is not spelled out
if n in globals():
    x
-> uses globals n x?
== a handler that makes up for it
try:
    x
except NameError:
    x = 1
x
-> defines x=assignment?
-> uses NameError? [x]
== bound on some path before it fails
try:
    if f(b):
        f = 1
except NameError:
    x = 2
f
-> defines f=assignment? x=assignment?
-> uses NameError? [b] f?
== held on one path, perhaps bound on the other
if "x" in globals():
    pass
elif a:
    x = 1
x
-> defines x=assignment?
-> uses a? globals x?
== perhaps bound, then found
if a:
    x = 1
assert "x" in globals()
x
-> defines x=assignment?
-> uses a globals [x]
== a handler that does not
try:
    x
except NameError:
    pass
x
-> uses NameError? x
""")

TYPES = table("""
== the type parameters of a function are its own
def f[T: B](x: T, y=d) -> T:
    return T, z
-> defines f=function
-> uses d ~z
== the type parameters of a class
class C[T](Base[T]):
    a: T
    def m(self) -> T:
        return T, z
-> defines C=class
-> uses Base ~z?
== a type alias is evaluated when asked for
type Pair[T] = tuple[T, X]
-> defines Pair=type_alias
""")

ODD = table("""
== nothing
-> is empty
== a comment
# nothing
-> is empty
== pass
pass
""")


def check(source: str, expected: dict[str, str]) -> None:
    assert described(read_cell(source)) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        *(*ORDER, *DELETION, *FLOW, *TRY, *MATCH, *FUNCTIONS, *CLASSES),
        *(*COMPREHENSIONS, *IMPORTS, *ASKING, *ODD),
    ],
)
def test_a_cell_is_read_as_python_runs_it(source: str, expected: dict[str, str]) -> None:
    check(source, expected)


@pytest.mark.skipif(sys.version_info < (3, 12), reason="type parameters came with Python 3.12")
@pytest.mark.parametrize(("source", "expected"), TYPES)
def test_type_parameters(source: str, expected: dict[str, str]) -> None:
    check(source, expected)


@pytest.mark.skipif(sys.version_info < (3, 11), reason="except* came with Python 3.11")
def test_exception_groups() -> None:
    source = "try:\n    x = a\nexcept* E as e:\n    x = e\nx"
    check(source, {"defines": "x=assignment", "uses": "E? a", "deletes": "e"})


@pytest.mark.parametrize(
    ("source", "name", "statements"),
    [
        ("import numpy as np", "np", [("numpy", "numpy", "import numpy as np")]),
        ("import a.b", "a", [("a.b", "a", "import a.b")]),
        ("import a.b as c", "c", [("a.b", "a.b", "import a.b as c")]),
        ("from a.b import c", "c", [("a.b", None, "from a.b import c")]),
        ("from . import c as d", "d", [(".", None, "from . import c as d")]),
        ("import a, b\nimport a.c", "a", [("a", "a", "import a"), ("a.c", "a", "import a.c")]),
        ("import a\na = 1", "a", []),
        ("a = 1\nimport a", "a", [("a", "a", "import a")]),
    ],
)  # fmt: skip
def test_an_import_can_be_run_alone(
    source: str, name: str, statements: list[tuple[str, str | None, str]]
) -> None:
    definition = read_cell(source).definition_of(name)
    assert definition is not None
    assert definition.imports == tuple(ImportStatement(name, *one) for one in statements)


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("x\ny\nx", {"x": 1, "y": 2}),
        ("if c:\n    x\nx", {"c": 1, "x": 3}),
        ("def f():\n    return x\n\nf()", {"x": 4}),
        ("\n\n%time x", {"x": 3}),
        ("  \n\n%time x", {"x": 3}),
        ("%%time\nx\ny", {"x": 2, "y": 3}),
        ("\n%%timeit x\ny", {"x": 2, "y": 3}),
        ("\n\n%%R -i x\ny", {"x": 3}),
        ("y = (\n1 +\nx)", {"x": 3}),
    ],
)
def test_a_use_names_the_line_of_the_first_certain_reading(
    source: str, lines: dict[str, int]
) -> None:
    assert {use.name: use.line for use in read_cell(source).uses} == lines


def test_the_same_text_is_read_once() -> None:
    assert read_cell("a = b + 1") is read_cell("a = b + 1")
