"""What does `match` do to names?"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from jupyter_namespace_viz.core.analysis.bindings import pattern_names
from jupyter_namespace_viz.core.analysis.rules.conditions import assume, conditions_of
from jupyter_namespace_viz.core.analysis.rules.truth import with_known_value
from jupyter_namespace_viz.core.analysis.walker import Block, Rule, Walker, empty_branch


def walk_match(walker: Walker, node: ast.Match) -> None:
    """`match`: one case runs, or none. The first pattern is always tried."""
    walker.expression(node.subject)
    subject = with_known_value(walker, node.subject)
    cases = list(_possible_cases(node.cases, subject))
    if not cases:
        return
    first = cases[0]
    matches = always_matches(first.pattern, subject)
    _walk_first_pattern(walker, first, matches)
    blocks = [_case_block(walker, case) for case in cases]
    if matches and first.guard is None:
        blocks[0]()
        return
    last = cases[-1]
    is_exhaustive = last.guard is None and always_matches(last.pattern, subject)
    walker.fork(*blocks, *(() if is_exhaustive else (empty_branch,)))


def _possible_cases(cases: Iterable[ast.match_case], subject: ast.expr) -> Iterator[ast.match_case]:
    """The cases that may run: without those that cannot match, up to one that always does."""
    for case in cases:
        if _never_matches(case.pattern, subject):
            continue
        yield case
        if case.guard is None and always_matches(case.pattern, subject):
            return


def always_matches(pattern: ast.pattern, subject: ast.expr) -> bool:
    """Whether the pattern matches the subject whatever the names in it are bound to."""
    if isinstance(pattern, ast.MatchAs):
        return pattern.pattern is None or always_matches(pattern.pattern, subject)
    if isinstance(pattern, ast.MatchOr):
        return any(always_matches(it, subject) for it in pattern.patterns)
    if isinstance(pattern, (ast.MatchValue, ast.MatchSingleton)):
        return _is_equal(pattern, subject) is True
    return isinstance(pattern, ast.MatchSequence) and _fits_display(pattern, subject)


def _fits_display(pattern: ast.MatchSequence, subject: ast.expr) -> bool:
    """Whether a pattern of a sequence always matches a list or tuple that is written out."""
    if not isinstance(subject, (ast.List, ast.Tuple)):
        return False
    parts, elements = pattern.patterns, subject.elts
    if any(isinstance(element, ast.Starred) for element in elements):
        return False
    star = next((i for i, part in enumerate(parts) if isinstance(part, ast.MatchStar)), None)
    if star is None:
        pairs = list(zip(parts, elements, strict=False))
        has_length = len(parts) == len(elements)
    else:
        after = len(parts) - star - 1
        last_elements = elements[len(elements) - after :]
        pairs = [
            *zip(parts[:star], elements, strict=False),
            *zip(parts[star + 1 :], last_elements, strict=False),
        ]
        has_length = len(parts) - 1 <= len(elements)
    return has_length and all(always_matches(part, element) for part, element in pairs)


def _never_matches(pattern: ast.pattern, subject: ast.expr) -> bool:
    """Whether the pattern does not match the subject whatever the names in it are bound to."""
    if isinstance(pattern, ast.MatchAs):
        return pattern.pattern is not None and _never_matches(pattern.pattern, subject)
    if isinstance(pattern, ast.MatchOr):
        return all(_never_matches(it, subject) for it in pattern.patterns)
    if isinstance(pattern, (ast.MatchMapping, ast.MatchSequence)):  # a text is no sequence here
        return isinstance(subject, ast.Constant)
    return _is_equal(pattern, subject) is False


def _is_equal(pattern: ast.pattern, subject: ast.expr) -> bool | None:
    """Whether the pattern of a constant matches a constant; None where one of them is none."""
    if not isinstance(subject, ast.Constant):
        return None
    if isinstance(pattern, ast.MatchSingleton):
        return pattern.value is subject.value
    if isinstance(pattern, ast.MatchValue) and isinstance(pattern.value, ast.Constant):
        return bool(pattern.value.value == subject.value)
    return None


def _walk_first_pattern(walker: Walker, case: ast.match_case, matches: bool) -> None:
    """What is evaluated of the first case whatever the subject is."""
    pattern = case.pattern
    while isinstance(pattern, (ast.MatchAs, ast.MatchOr)):
        inner = pattern.pattern if isinstance(pattern, ast.MatchAs) else pattern.patterns[0]
        if inner is None:
            break
        pattern = inner
    if isinstance(pattern, ast.MatchClass):
        walker.expression(pattern.cls)
    elif isinstance(pattern, ast.MatchValue):
        walker.expression(pattern.value)
    if matches:
        _bind_captures(walker, case)
        if case.guard is not None:
            walker.expression(case.guard)


def _bind_captures(walker: Walker, case: ast.match_case) -> None:
    for name in pattern_names(case.pattern):
        walker.resolver.bind(name, "match")


def _case_block(walker: Walker, case: ast.match_case) -> Block:
    def walk_case() -> None:
        for node in ast.walk(case.pattern):
            if isinstance(node, ast.expr):
                walker.expression(node)
        _bind_captures(walker, case)
        if case.guard is not None:
            walker.expression(case.guard)
            assume(walker, conditions_of(walker, case.guard).when_true)
        walker.block(case.body)

    return walk_case


MATCH_RULES: dict[type[ast.AST], Rule] = {ast.Match: walk_match}
