"""The Jinja environment in which a stranger's chat template runs: no way out, and a bound on it.

Jinja's own sandbox keeps a template away from the program. Here each construct of the language is
also led past a :class:`~studio.prompting.meter.Meter`, by rewriting the syntax tree before it is
compiled: loop bodies, literals, slices, ``~``, comparisons and tests call a metering filter;
operators, filters, calls and output have their own hooks.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, NoReturn

import jinja2
import jinja2.ext
from jinja2 import nodes
from jinja2.exceptions import SecurityError
from jinja2.parser import Parser
from jinja2.runtime import LoopContext, Macro, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Cycler, Joiner, Namespace
from jinja2.visitor import NodeTransformer

from studio.prompting.meter import MAX_CALLS, MAX_ITEMS, METER, Meter, TooExpensiveError
from studio.prompting.operations import (
    ALLOWED_FILTERS,
    FILTERS,
    FORMAT_METHODS,
    METHODS,
    OPERATORS,
    STRING_FILTERS,
    format_text,
    to_json,
)

_MAX_COMPILATION = 400_000
_FORBIDDEN = (nodes.Block, nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)


class RefusedByTemplateError(Exception):
    """The template itself called ``raise_exception``."""


class ForbiddenError(Exception):
    """The template wants something that no chat template needs."""


class _Namespace(Namespace):
    """A namespace that is not written out: two that hold each other would never end."""

    def __repr__(self) -> str:
        return "<namespace>"


class _GenerationTag(jinja2.ext.Extension):
    """``{% generation %}``: marks the assistant's words for training; the text goes through."""

    def parse(self, parser: Parser) -> nodes.Node:
        """Return the content of the block."""
        line = next(parser.stream).lineno
        body = parser.parse_statements(("name:endgeneration",), drop_needle=True)
        return nodes.Scope(body, lineno=line)


_GenerationTag.tags = {"generation"}


class _Metering(NodeTransformer):
    """Leads the constructs that Jinja compiles straight to Python past the meter."""

    def visit(self, node: nodes.Node, *_args: object, **_kwargs: object) -> nodes.Node:
        """Return what takes the place of a node, its parts having been replaced."""
        self.generic_visit(node)
        rewrite = _REWRITES.get(type(node))
        return rewrite(node) if rewrite else node


def _rewrite_data(node: nodes.TemplateData) -> nodes.Node:
    # Jinja joins template data without asking; as a constant it passes finalize().
    return nodes.Const(node.data, lineno=node.lineno)


def _rewrite_for(node: nodes.For) -> nodes.Node:
    tick = _filter(nodes.Const(True, lineno=node.lineno), "_read")
    node.body.insert(0, nodes.ExprStmt(tick, lineno=node.lineno))
    if node.test is not None:
        node.test = nodes.And(tick, node.test, lineno=node.lineno)
    return node


def _rewrite_concat(node: nodes.Concat) -> nodes.Node:
    return _filter(nodes.List(node.nodes, lineno=node.lineno), "_concatenated")


def _rewrite_operand(node: nodes.Operand) -> nodes.Node:
    if not isinstance(node.expr, nodes.Const):
        node.expr = _filter(node.expr, "_read")
    return node


def _rewrite_slice(node: nodes.Getitem) -> nodes.Node:
    return _filter(node, "_metered") if isinstance(node.arg, nodes.Slice) else node


def _rewrite_test(node: nodes.Test) -> nodes.Node:
    return _filter(node, "_read")


def _rewrite_literal(node: nodes.List | nodes.Dict) -> nodes.Node:
    return _filter(node, "_metered")


def _rewrite_tuple(node: nodes.Tuple) -> nodes.Node:
    return _filter(node, "_metered") if node.ctx == "load" else node


def _filter(node: nodes.Expr, name: str) -> nodes.Filter:
    return nodes.Filter(node, name, [], [], None, None, lineno=node.lineno)


_REWRITES: dict[type[nodes.Node], Callable[[Any], nodes.Node]] = {
    nodes.TemplateData: _rewrite_data,
    nodes.For: _rewrite_for,
    nodes.Concat: _rewrite_concat,
    nodes.Operand: _rewrite_operand,
    nodes.Getitem: _rewrite_slice,
    nodes.Test: _rewrite_test,
    nodes.List: _rewrite_literal,
    nodes.Dict: _rewrite_literal,
    nodes.Tuple: _rewrite_tuple,
}


class TemplateEnvironment(ImmutableSandboxedEnvironment):
    """Compiles templates as HF transformers does, and meters them."""

    intercepted_binops = frozenset(OPERATORS)

    def __init__(self) -> None:
        super().__init__(
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=["jinja2.ext.loopcontrols", _GenerationTag],
            finalize=_finalize,
        )
        self.binop_table = {
            symbol: functools.partial(_operate, operation)
            for symbol, operation in OPERATORS.items()
        }
        self.globals = {
            "range": _bounded_range,
            "dict": dict,
            "namespace": _Namespace,
            "cycler": Cycler,
            "joiner": Joiner,
            "raise_exception": _raise_exception,
        }
        self.filters = {
            name: _metered_filter(name, function)
            for name, function in self.filters.items()
            if name in ALLOWED_FILTERS
        }
        self.filters["tojson"] = _metered_filter("tojson", to_json)
        self.filters["_metered"] = _metered
        self.filters["_read"] = _read
        self.filters["_concatenated"] = _concatenated

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        for node in tree.find_all(_FORBIDDEN):
            raise ForbiddenError(f"{type(node).__name__.lower()} on line {node.lineno}")
        _check_compilation(tree)
        _Metering().visit(tree)
        return tree

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Allow the methods of text and collections that cannot surprise, and loop variables."""
        if isinstance(obj, str):
            return attr in METHODS
        if isinstance(obj, dict):
            return attr in {"items", "keys", "values", "get", "copy"}
        if isinstance(obj, list | tuple):
            return attr in {"index", "count", "copy", "grouper", "list"}
        known = LoopContext | Macro | Namespace | Cycler | Joiner | Undefined
        return isinstance(obj, known) and super().is_safe_attribute(obj, attr, value)

    def unsafe_undefined(self, obj: Any, attribute: str) -> Undefined:
        """Refuse at once what is private; Jinja's answer could still be printed as nothing."""
        if attribute.startswith("_"):
            raise SecurityError(f"access to {attribute!r}")
        return super().unsafe_undefined(obj, attribute)

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:
        """Replace ``str.format`` by one that is metered, field widths included."""
        text = getattr(value, "__self__", None)
        name = getattr(value, "__name__", "")
        if not isinstance(text, str) or name not in FORMAT_METHODS:
            return None
        return functools.partial(format_text, self, text, name == "format_map")

    def call(self, context: Any, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call a function of the template's world at the price of a step."""
        meter = METER.get()
        meter.step()
        meter.calls += 1
        if meter.calls > MAX_CALLS:
            raise TooExpensiveError(f"calls nested more than {MAX_CALLS} deep")
        try:
            result = super().call(context, _guarded_method(obj, meter), *args, **kwargs)
        finally:
            meter.calls -= 1
        return meter.made(result)


def _check_compilation(tree: nodes.Template) -> None:
    # The compiler copies the table of names at every branch.
    names = {node.name for node in tree.find_all(nodes.Name)}
    branches = sum(1 for _ in tree.find_all(nodes.If))
    if len(names) * branches > _MAX_COMPILATION:
        raise TooExpensiveError(f"{branches} branches over {len(names)} names")


def _operate(operation: Callable[[Meter, Any, Any], Any], left: Any, right: Any) -> Any:
    meter = METER.get()
    return meter.made(operation(meter, left, right))


def _guarded_method(function: Any, meter: Meter) -> Any:
    """Return a method of text with its guard before it; anything else as it is."""
    owner = getattr(function, "__self__", None)
    guard = METHODS.get(getattr(function, "__name__", "")) if isinstance(owner, str) else None
    return functools.partial(guard, meter, owner, function) if guard else function


def _metered_filter(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap a filter: its arguments are guarded before, its result is charged after.

    Passing the context also keeps Jinja from running the filter while it compiles.
    """
    wants = getattr(getattr(function, "jinja_pass_arg", None), "name", "")
    guard = FILTERS.get(name)

    @jinja2.pass_context
    def metered(context: Any, value: Any, /, *args: Any, **kwargs: Any) -> Any:
        meter = METER.get()
        meter.step()
        if name not in STRING_FILTERS and isinstance(value, str) and len(value) > MAX_ITEMS:
            raise TooExpensiveError(f"a text of {len(value)} characters as a list")
        if guard is not None:
            value = guard(meter, value, *args, **kwargs)
        first = {
            "context": (context,),
            "eval_context": (context.eval_ctx,),
            "environment": (context.environment,),
        }.get(wants, ())
        return meter.made(function(*first, value, *args, **kwargs))

    return metered


@jinja2.pass_context
def _metered(_context: Any, value: Any) -> Any:
    return METER.get().made(value)


@jinja2.pass_context
def _read(_context: Any, value: Any) -> Any:
    return METER.get().read(value)


@jinja2.pass_context
def _concatenated(_context: Any, values: list[Any]) -> str:
    meter = METER.get()
    meter.characters(meter.size(values).characters)
    return "".join(map(str, values))


@jinja2.pass_context
def _finalize(_context: Any, value: Any) -> Any:
    meter = METER.get()
    meter.characters(meter.size(value).characters)
    return value


def _bounded_range(*args: int) -> range:
    numbers = range(*args)
    if len(numbers) > MAX_ITEMS:
        raise TooExpensiveError(f"a range of {len(numbers)} numbers")
    return numbers


def _raise_exception(message: object = "") -> NoReturn:
    raise RefusedByTemplateError(str(message)[:500])
