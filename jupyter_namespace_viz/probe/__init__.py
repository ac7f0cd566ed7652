"""Which names does this kernel hold, and which run bound each of them?

These files run beside the user's code. `kernel/probe_source.py` sends them as one text, so they
import nothing but each other and the standard library for Python 3.8 and later, and share one
namespace there. What they say is typed in `protocol/probe_messages.py`.

What always holds:

- They never call the user's code. Types are compared by address and read through descriptors of
  `type` and `ModuleType`; sizes are taken of exact built-in types and known library classes only.
- They keep no reference to a user's object, only names and addresses.
- They leave nothing in the user's namespace, print nothing, and raise nothing into a cell.

Known limits: a name that code outside any run rebinds (a thread) just before a run, so that nobody
looked in between, is credited to that run; an object whose last other reference goes away while it
is described may be finalized in our thread.
"""
