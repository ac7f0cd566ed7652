"""Are the names that the probe had no time to describe asked for, a few at a time?"""

from __future__ import annotations

from jupyter_namespace_viz.protocol.undescribed_names import SHORT, UndescribedNames


class CountingText(str):
    """A text that counts how often it is taken apart as a whole."""

    splits = 0

    def split(self, *_: object) -> list[str]:  # type: ignore[override]
        self.splits += 1
        return super().split()


def many(count: int) -> CountingText:
    return CountingText(" ".join(f"a_name_{number}" for number in range(count)))


def test_a_million_names_are_taken_a_few_at_a_time() -> None:
    names, text = UndescribedNames(), many(1_000_000)
    names.add(text, 1)
    assert names.first(2) == ["a_name_0", "a_name_1"]
    assert names.answered(["a_name_0", "a_name_1"], 1) == {"a_name_0", "a_name_1"}
    asked = names.first(5_000)
    assert asked == [f"a_name_{number}" for number in range(2, 5_002)]
    assert (len(names._since), text.splits) == (5_000, 0)


def test_all_names_are_asked_for_once() -> None:
    names, found = UndescribedNames(), list[str]()
    names.add(many(20_000), 1)
    names.add("x y", 2)
    while asked := names.first(3_000):
        found += asked
        assert names.answered(asked, 2) == set(asked)
    assert found == [*many(20_000).split(), "x", "y"]


def test_what_something_newer_has_told_is_not_answered() -> None:
    names = UndescribedNames()
    names.add("x y z", 1)
    assert len("x y z") <= SHORT
    names.discard("x")
    names.add("y", 2)
    assert names.answered(["x", "y", "z"], 1) == {"z"}
    assert names.first(9) == ["y"]
