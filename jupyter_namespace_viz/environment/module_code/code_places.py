"""Where does each expression of a module stand, and what do its names denote?"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from jupyter_namespace_viz.environment.module_code.constant_texts import constants_of

_ASKED = frozenset({"__getattr__", "__dir__"})


@dataclass(frozen=True, slots=True)
class Place:
    """Where an expression stands: `parent` holds it, in the function `function`, None at module
    level. Code of a class body, outside its methods, has a namespace of its own."""

    parent: ast.AST
    function: ast.AST | None
    in_class: bool

    @property
    def at_module_level(self) -> bool:
        """Whether `locals()` would be the dict of the module."""
        return self.function is None and not self.in_class


class CodePlaces:
    """The expressions of a module with their places: `found` are calls, attributes, subscripts,
    classes and names in the order of the text.

    The functions `__getattr__` and `__dir__` of the module are left out: they bind nothing. `names`
    are all uses and bindings of names; `functions` those of the module level, `imported` what names
    are imported from, with leading dots where that is relative.
    """

    def __init__(self, body: Sequence[ast.stmt]) -> None:
        self.body = body
        self.names: dict[str, list[ast.Name]] = {}
        self.functions: dict[str, list[ast.FunctionDef]] = {}
        self.imported: dict[str, str] = {}
        self._classes: set[str] = set()
        self._places: dict[ast.AST, Place] = {}
        self.found = tuple(self._place_all(ast.Module([*body], [])))

    def of(self, node: ast.AST) -> Place:
        """Where the expression stands."""
        return self._places[node]

    @cached_property
    def constants(self) -> dict[str, ast.expr]:
        """The values of names that the module binds once, and does not change."""
        return dict(constants_of(self.body))

    def _place_all(self, module: ast.Module) -> Iterator[ast.AST]:
        pending: list[tuple[ast.AST, ast.AST | None, bool]] = [(module, None, False)]
        while pending:
            node, function, in_class = pending.pop()
            at_module_level = function is None and not in_class
            self._note(node, at_module_level)
            if isinstance(node, (ast.Call, ast.Attribute, ast.Subscript, ast.ClassDef, ast.Name)):
                yield node
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
                function, in_class = node, False
            elif isinstance(node, ast.ClassDef):
                in_class = True
            for child in ast.iter_child_nodes(node):
                if at_module_level and isinstance(child, ast.FunctionDef) and child.name in _ASKED:
                    continue
                self._places[child] = Place(node, function, in_class)
                pending.append((child, function, in_class))

    def _note(self, node: ast.AST, at_module_level: bool) -> None:
        if isinstance(node, ast.Name):
            self.names.setdefault(node.id, []).append(node)
        elif isinstance(node, ast.FunctionDef) and at_module_level:
            self.functions.setdefault(node.name, []).append(node)
        elif isinstance(node, ast.ClassDef):
            self._classes.add(node.name)
        elif isinstance(node, ast.Import):
            self.imported.update(
                (it.asname or it.name, it.name)
                for it in node.names
                if it.asname or "." not in it.name
            )
        elif isinstance(node, ast.ImportFrom):
            base = "." * node.level + (f"{node.module}." if node.module else "")
            self.imported.update((it.asname or it.name, base + it.name) for it in node.names)

    # What a name denotes

    def bindings_of(self, name: str) -> list[ast.Name]:
        """Where statements other than definitions and imports bind the name."""
        return [it for it in self.names.get(name, ()) if isinstance(it.ctx, ast.Store)]

    def is_defined(self, node: ast.expr) -> bool:
        """Whether the expression is a class or function of the module."""
        if not isinstance(node, ast.Name) or self.bindings_of(node.id) or node.id in self.imported:
            return False
        return node.id in self._classes or node.id in self.functions

    def is_new_dict(self, node: ast.expr) -> bool:
        """Whether the expression is a dict that the module makes: `ns`, after `ns = {}`."""
        value: ast.expr | None = node
        if isinstance(node, ast.Name):
            bindings = [self.of(it).parent for it in self.bindings_of(node.id)]
            if len(bindings) != 1 or not isinstance(bindings[0], (ast.Assign, ast.AnnAssign)):
                return False
            value = bindings[0].value
        if isinstance(value, ast.Call) and isinstance(value.func, ast.Name):
            return value.func.id == "dict"
        return isinstance(value, (ast.Dict, ast.DictComp))

    def loops_of(self, name: ast.Name) -> list[ast.expr] | None:
        """What the loops go through that bind the name; None where something else binds it."""
        if name.id in self.imported or self._is_parameter(name) or self.is_defined(name):
            return None
        found = []
        for it in self.bindings_of(name.id):
            around, is_key = self.of(it).parent, False
            if isinstance(around, ast.Tuple):
                is_key = around.elts[0] is it
                around = self.of(around).parent
            if not isinstance(around, (ast.For, ast.comprehension)):
                return None
            match around.iter:
                case ast.Call(func=ast.Attribute(value=inner, attr="items")) if is_key:
                    found.append(inner)
                case items:
                    found.append(items)
        return found or None

    def is_constant(self, node: ast.expr) -> bool:
        """Whether no name in the expression is a parameter, or imported."""
        names = [it for it in ast.walk(node) if isinstance(it, ast.Name)]
        return not any(it.id in self.imported or self._is_parameter(it) for it in names)

    def _is_parameter(self, name: ast.Name) -> bool:
        return any(
            isinstance(it, ast.arg) and it.arg == name.id
            for function in self._functions_around(name)
            for it in ast.walk(getattr(function, "args", function))
        )

    def parameter_for(self, call: ast.Call, argument: ast.AST) -> tuple[ast.AST, str] | None:
        """The function of the module that is called, and the parameter to which it binds the
        argument; None where that is not plain."""
        if not isinstance(call.func, ast.Name) or self.bindings_of(call.func.id):
            return None
        functions = self.functions.get(call.func.id, [])
        is_plain = not any(isinstance(it, ast.Starred) for it in call.args)
        if len(functions) != 1 or functions[0].decorator_list or not is_plain:
            return None
        parameters = [*functions[0].args.posonlyargs, *functions[0].args.args]
        for given, parameter in zip(call.args, parameters, strict=False):
            if given is argument:
                return functions[0], parameter.arg
        return None

    def target_of(self, value: ast.AST) -> ast.Name | None:
        """The name to which a statement binds the value; None where it does something else."""
        statement = self.of(value).parent
        target: ast.expr | None = None
        if isinstance(statement, ast.Tuple):
            around = self.of(statement).parent
            if isinstance(around, ast.Assign) and around.value is statement:
                targets = around.targets[0]
                if isinstance(targets, ast.Tuple) and len(targets.elts) == len(statement.elts):
                    pairs = zip(targets.elts, statement.elts, strict=True)
                    target = next(it for it, given in pairs if given is value)
        elif isinstance(statement, ast.Assign) and statement.value is value:
            target = statement.targets[0] if len(statement.targets) == 1 else None
        elif isinstance(statement, (ast.AnnAssign, ast.NamedExpr)) and statement.value is value:
            target = statement.target
        return target if isinstance(target, ast.Name) else None

    def uses_of(self, target: ast.Name) -> Iterator[ast.Name]:
        """The uses of a name which this statement binds, as far as it reaches."""
        function = self.of(target).function
        if function is not None and any(
            target.id in it.names
            for it in ast.walk(function)
            if isinstance(it, (ast.Global, ast.Nonlocal))
        ):
            function = None
        return self.uses_in(function, target.id)

    def uses_in(self, function: ast.AST | None, name: str) -> Iterator[ast.Name]:
        """The uses of the name in the function and those inside it; anywhere for None."""
        for use in self.names.get(name, ()):
            is_inside = function is None or function in self._functions_around(use)
            if isinstance(use.ctx, ast.Load) and is_inside:
                yield use

    def _functions_around(self, node: ast.AST) -> Iterator[ast.AST]:
        function = self.of(node).function
        while function is not None:
            yield function
            function = self.of(function).function
