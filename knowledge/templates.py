"""Templates in light markup, in a sandbox.

Whatever is put into a template is escaped, so that what a user typed is shown as typed and never
becomes markup; only `Trusted` text (the project's own content) keeps its markup. A name that a
template uses and nobody gave is an error, not a blank.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, meta, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_MARKUP = re.compile(r"([\\`*_\[\]()<>#|~!&=])")
_LINE_START = re.compile(r"^([ \t]*)([-+])", re.MULTILINE)
_NUMBERED = re.compile(r"^([ \t]*\d*)([.])", re.MULTILINE)  # also without digits: these may stand before the value
_LINE_BREAK = re.compile(r"(?<=\S)[ \t]*\n(?=[ \t]*\S)")
_TEMPLATE = re.compile(r"\{[{%#]")


class Trusted(str):
    """Text whose markup is meant."""


def escape(text: str) -> Trusted:
    """`text` as light markup that shows it literally, wherever in a template it is put.

    Line breaks and paragraphs are kept, characters that nothing can show are left out.
    """
    text = _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _MARKUP.sub(r"\\\1", text)
    text = _LINE_START.sub(r"\1\\\2", text)
    text = _NUMBERED.sub(r"\1\\\2", text)
    return Trusted(_LINE_BREAK.sub("\\\\\n", text))


def _finalize(value: Any) -> str:
    return value if isinstance(value, Trusted) else escape(str(value))


environment = ImmutableSandboxedEnvironment(
    undefined=StrictUndefined, finalize=_finalize, autoescape=False, trim_blocks=True, lstrip_blocks=True
)


@lru_cache(maxsize=4096)
def _compiled(source: str) -> Template:
    return environment.from_string(source)


def is_template(source: str) -> bool:
    """Whether anything in `source` is to be filled in."""
    return bool(_TEMPLATE.search(source))


def render(source: str, **values: Any) -> Trusted:
    """`source` with its placeholders filled.

    Raises jinja2.TemplateError for a template that is broken or uses a name that is not in `values`.
    """
    if not is_template(source):
        return Trusted(source.strip())
    return Trusted(_compiled(source).render(**values).strip())


@dataclass(frozen=True)
class Uses:
    """What a template uses of what it is given."""

    names: frozenset[str] = frozenset()
    attributes: frozenset[tuple[str, str]] = frozenset()  # name and attribute, as in `name.attribute`
    calls: frozenset[tuple[str, tuple[Any, ...]]] = frozenset()  # function and its constant arguments, if the first is


@lru_cache(maxsize=4096)
def uses(source: str) -> Uses:
    """What the template uses.

    Raises jinja2.TemplateSyntaxError where it is broken or names an unknown filter or test.
    """
    if not is_template(source):
        return Uses()
    try:
        tree = environment.parse(source)
    except RecursionError:
        raise TemplateSyntaxError("it is nested too deeply", 1) from None
    for node in tree.find_all((nodes.Filter, nodes.Test)):
        known = environment.filters if isinstance(node, nodes.Filter) else environment.tests
        if node.name not in known:
            raise TemplateSyntaxError(f"there is no filter or test named {node.name!r}", node.lineno)
    attributes = {
        (node.node.name, node.attr) for node in tree.find_all(nodes.Getattr) if isinstance(node.node, nodes.Name)
    }
    calls = {
        (node.node.name, tuple(arg.value for arg in node.args if isinstance(arg, nodes.Const)))
        for node in tree.find_all(nodes.Call)
        if isinstance(node.node, nodes.Name) and (not node.args or isinstance(node.args[0], nodes.Const))
    }
    return Uses(frozenset(meta.find_undeclared_variables(tree)), frozenset(attributes), frozenset(calls))
