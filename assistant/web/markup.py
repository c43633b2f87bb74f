"""Text → HTML in which nothing of the text is live: every template escapes what is put into it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markupsafe import Markup

from assistant.labels import index_line
from assistant.types import Citation, Statement

INERT = ("link", "image", "autolink", "html_inline", "html_block", "reference")
"""Rules of Markdown by which an answer could point out of the page, or carry markup of its own."""

_MARK_AND_WORD: Final = re.compile(r"((?:&#?\w+;|[^\s<>&;]){1,12}) (<button[^>]*>\d+</button>)")
"""A mark and the end of the word before it, which stay on one line."""


@cache
def templates() -> Environment:
    """The page's templates."""
    environment = Environment(
        loader=PackageLoader("assistant.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["answer"] = answer_html
    environment.filters["index_line"] = index_line
    return environment


def render(template: str, **values: Any) -> str:
    """Fills a template.

    Args:
        template: The name of its file, without ``.html``.
        **values: What it shows, escaped by it.
    """
    return templates().get_template(f"{template}.html").render(values)


def answer_html(text: str, citations: Sequence[Citation], statements: Sequence[Statement] = ()) -> Markup:
    """An answer's Markdown as HTML, its marks as buttons, and beside what is struck through the reason.

    Args:
        text: The answer's text.
        citations: What its marks stand for; a mark of no citation stays as it is written.
        statements: Its sentences; those that nothing supports are struck through in the text, in the same order.
    """
    marks = {citation.number: citation for citation in citations}
    reasons = [statement.unsupported for statement in statements if statement.unsupported]
    html = _markdown().render(text, {"marks": marks, "reasons": iter(reasons)})
    html = _MARK_AND_WORD.sub(r'<span class="kept">\1 \2</span>', html)
    return Markup(html)  # noqa: S704 - HTML in the text is off, so it is escaped


@cache
def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False}).enable("strikethrough").disable(INERT)
    markdown.inline.ruler.before("link", "mark", _read_mark)
    markdown.add_render_rule("mark", _show_mark)
    markdown.add_render_rule("s_open", lambda *_: '<span class="struck"><s>')
    markdown.add_render_rule("s_close", _show_reason)
    return markdown


def _read_mark(state: StateInline, silent: bool) -> bool:
    """Reads ``[12]``; a bracket that the document wrote is escaped, and so is never taken for a mark."""
    end = state.src.find("]", state.pos)
    digits = state.src[state.pos + 1 : end]
    if end < 0 or state.src[state.pos] != "[" or not (digits.isascii() and digits.isdigit() and len(digits) <= 4):
        return False
    if not silent:
        token = state.push("mark", "", 0)
        token.content = digits
    state.pos = end + 1
    return True


def _show_mark(renderer: RendererHTML, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
    del renderer, options
    citation = env["marks"].get(int(tokens[at].content))
    if citation is None:
        return f"[{tokens[at].content}]"
    return render("mark", citation=citation)


def _show_reason(renderer: RendererHTML, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
    del renderer, tokens, at, options
    return f"</s>{render('reason', reason=next(env['reasons'], ''))}</span>"
