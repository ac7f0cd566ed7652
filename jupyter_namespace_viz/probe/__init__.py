"""Which names does this kernel hold, and which run bound each of them?

These files run in the kernel's process, next to the user's code. `kernel/probe_source.py` joins
them into one text, so they import only each other and the standard library (Python 3.8 or later),
and in the kernel they share one namespace. `protocol/probe_messages.py` has the types of their
messages.

What always holds:

- They never call the user's code. They bind what they call of Python when they are loaded, compare
  types by address, read them through descriptors of `type` and `ModuleType`, and take sizes only of
  exact built-in types and of what libraries written in C store. `docs/probe.md` says what Python
  and the kernel call for them.
- They keep no reference to a user's object, only names and addresses.
- They leave nothing in the user's namespace, print nothing, and raise nothing into a cell.

Known limits: when a thread rebinds a name just before a run, after the last look, the change is
attributed to that run; an object whose last other reference goes away while it is described may be
finalized in our thread.
"""
