"""The shell of every page: templates, the style and script that it carries, and the policy that allows nothing else."""

from __future__ import annotations

import base64
import functools
import hashlib
import inspect
import re
from dataclasses import dataclass
from typing import Any

import jinja2
import msgspec
from markupsafe import Markup

from ...lint.model import Rule
from ..words import visible

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


@dataclass(slots=True, frozen=True)
class RulePage:
    """A rule's docstring: its first sentence, and its paragraphs as ("text" or "code", words)."""

    id: str
    summary: str
    blocks: tuple[tuple[str, str], ...]
    href: str


@functools.cache
def environment() -> jinja2.Environment:
    """Give the templates, every one of which escapes what it is given."""
    return jinja2.Environment(
        loader=jinja2.PackageLoader(__package__.rpartition(".")[0], "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


@functools.cache
def parts() -> Any:
    """Give the macros of `parts.html.j2`."""
    return environment().get_template("parts.html.j2").module


@functools.cache
def style() -> Markup:
    """Give the style sheet without its white space."""
    text = _COMMENT.sub("", _source("report.css"))
    return Markup("".join(line.strip() for line in text.split("\n")))


@functools.cache
def script() -> Markup:
    """Give the script without its indentation."""
    text = _source("report.js")
    return Markup("\n".join(line.strip() for line in text.split("\n") if line.strip()))


@functools.cache
def policy() -> str:
    """Give the Content-Security-Policy: nothing but this very style, this very script, and pictures that are in the page.

    Scripts may not make markup of text either (Trusted Types).
    """
    return (
        f"default-src 'none'; style-src '{_hash(style())}'; script-src '{_hash(script())}'; img-src data:; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )


def render(template: str, **values: Any) -> str:
    """Fill in a page."""
    page = environment().get_template(template)
    return page.render(style=style(), script=script(), policy=policy(), **values)


def data(value: Any) -> Markup:
    """Give a value as JSON that can stand in a script element: no character in it can end one."""
    text = msgspec.json.encode(value).decode()
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return Markup(text)


def rule_page(rule: Rule, href: str = "") -> RulePage:
    """Take a rule's docstring apart."""
    summary, _, rest = inspect.cleandoc(rule.__doc__ or "").partition("\n")
    blocks = []
    for block in re.split(r"\n\s*\n", rest.strip("\n")):
        if not block.strip():
            continue
        code = all(line.startswith("    ") or not line.strip() for line in block.split("\n"))
        text = inspect.cleandoc(block) if code else " ".join(block.split())
        blocks.append(("code" if code else "text", visible(text)))
    return RulePage(rule.ID, visible(summary), tuple(blocks), href)


def _source(name: str) -> str:
    environment_ = environment()
    assert environment_.loader is not None
    return environment_.loader.get_source(environment_, name)[0]


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
