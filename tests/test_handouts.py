"""Handouts as GitHub and editors show them: what CommonMark makes of their formulas."""

from __future__ import annotations

import html
import re

import pytest
from markdown_it import MarkdownIt

from tests.conftest import EXERCISES

MATH = re.compile(r"\$\$.+?\$\$|\$[^$\n]+?\$", re.DOTALL)
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
BLOCK = re.compile(r"</?(?:p|li|[uo]l|t[dhr]|h\d|table|blockquote)[^>]*>")


def formulas(text: str) -> list[str]:
    """Return the formulas in a text, however their lines are broken."""
    return [" ".join(formula.split()) for formula in MATH.findall(text)]


def rendered(text: str) -> list[str]:
    """Return the formulas that a CommonMark parser leaves in a text; none extends over two blocks."""
    page = MarkdownIt("commonmark").enable("table").render(text)
    page = re.sub(r"<pre>.*?</pre>|<code>.*?</code>", "", page, flags=re.DOTALL)
    blocks = (html.unescape(re.sub("<[^>]+>", "", block)) for block in BLOCK.split(page))
    return [formula for block in blocks for formula in formulas(block)]


@pytest.mark.parametrize("name", EXERCISES)
def test_formulas_survive_commonmark(name):
    """No backslash is lost, no line of a formula begins a list, and no underscore becomes emphasis."""
    text = (EXERCISES[name].assignment / "README.md").read_text("utf-8")
    expected = formulas(CODE.sub("", text))
    assert rendered(text) == expected
    assert expected
    source = (EXERCISES[name].folder / "handout.md").read_text("utf-8")
    assert rendered(source) == formulas(CODE.sub("", source))


@pytest.mark.parametrize(
    "formula", [r"$a\,b$", r"$$a\;b$$", "$$a\n+ b$$", "$$a\n- b$$", r"$\{x\}$", r"$x _a_ y$", "$a*b*c$"]
)
def test_formula_that_does_not_survive_is_found(formula):
    """The test above fails for handouts with such mistakes."""
    text = f"Words.\n\n{formula} and more."
    assert rendered(text) != formulas(text)
