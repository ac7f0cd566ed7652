"""How is a class made of which a notebook has very many objects that never change?

`@dataclass(frozen=True, slots=True)` refuses changes at run time too, for which its objects take
three to ten times as long to make: a tenth of the time for reading a cell.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

T = TypeVar("T")

if TYPE_CHECKING:
    from typing_extensions import dataclass_transform
else:

    def dataclass_transform(**_: Any) -> Callable[[T], T]:
        """Only the type checker asks for this."""
        return lambda decorator: decorator


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(cls: type[T]) -> type[T]:
    """Decorates a class as `dataclass(frozen=True, slots=True)` does, except that nothing but the
    type checker refuses changes."""
    has_hash = "__hash__" in vars(cls)
    return dataclass(slots=True, unsafe_hash=not has_hash)(cls)
