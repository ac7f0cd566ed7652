"""Are frozen objects the values that frozen dataclasses would be?"""

from __future__ import annotations

import pickle
from dataclasses import field, replace

import pytest

from jupyter_namespace_viz.core.frozen import altered, frozen


@frozen
class Place:
    """A place in a text."""

    name: str
    line: int = 1
    order: int | None = field(default=None, compare=False)


@frozen
class Named:
    """Something that only its name tells apart where it is looked up."""

    name: str
    parts: tuple[str, ...] = ()

    def __hash__(self) -> int:
        return hash(self.name)


def test_objects_are_equal_by_the_fields_that_compare() -> None:
    assert Place("a", order=1) == Place("a", 1, 2) != Place("a", 2)
    assert {Place("a", order=1), Place("a")} == {Place("a")}


def test_another_object_can_be_made_of_one() -> None:
    assert replace(Place("a"), line=3) == Place("a", 3)
    place = Place("a", 2, 3)
    other = altered(place, name="b", order=None)
    assert (other, other.order, place.order) == (Place("b", 2), None, 3)


def test_another_object_has_no_other_fields() -> None:
    with pytest.raises(KeyError, match="lines"):
        altered(Place("a"), lines=3)


def test_a_hash_of_the_class_is_kept() -> None:
    assert hash(Named("a", ("b",))) == hash("a")


def test_objects_have_no_other_attributes_and_can_be_sent_to_another_process() -> None:
    place = Place("a", 2, 3)
    assert not hasattr(place, "__dict__")
    copy = pickle.loads(pickle.dumps(place))
    assert (copy, copy.order) == (place, 3)
