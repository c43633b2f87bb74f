"""Markdown: ATX and Setext headings, front matter, lists, tables, footnotes and code."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, zip_longest
from typing import Any

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from assistant.readers.dates import iso_date
from assistant.readers.structure import readable_name, sections
from assistant.types import Block, BlockKind, Document

_FRONT_MATTER = re.compile(r"\A(---|\+\+\+)[^\S\n]*\n(.*?\n)(?:\1|\.\.\.)[^\S\n]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"(?:\s*#.*\n)*\s*(?:[\w.-]+\s*[:=]|\[[\w.-]+\]\s*\n)")
_KINDS: dict[str, BlockKind] = {
    "heading_open": "heading",
    "paragraph_open": "paragraph",
    "fence": "code",
    "code_block": "code",
    "html_block": "paragraph",
    "tr_open": "table",
}
LONGEST_HEADING = 3
"""Lines, with the one of dashes below."""

# Nothing here may go over a line again from each of its characters: a line can be as long as a file.
_LINE = re.compile(r"(?<![^\n])[^\S\n]*+\S[^\n]*")
_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]:\s")
_EMPHASIS = re.compile(r"[*_`]+|!?\[([^\[\]]*)\]\([^\[)]*\)")


def read(source: str, text: str, sha256: str) -> Document:
    """Reads Markdown.

    Args:
        source: The document's name.
        text: All of it.
        sha256: Digest of the file's bytes.
    """
    fields, start = _front_matter(text)
    blocks: list[Block] = []
    headings: list[tuple[int, str, int]] = []
    for block, leaf in _blocks(text, start):
        blocks.append(block)
        if leaf and block.kind == "heading":
            headings.append((block.start, leaf.words, leaf.level))
    return Document(
        source=source,
        title=_text(fields.get("title")) or _top_heading(headings) or readable_name(source),
        text=text,
        sha256=sha256,
        blocks=tuple(blocks),
        sections=sections(headings, len(text)),
        author=_text(fields.get("author")) or _text(fields.get("authors")),
        date=iso_date(_text(fields.get("date"))),
    )


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A block that has no others in it, as the parser sees it.

    Attributes:
        kind: What it is.
        first: Its first line, from 0.
        last: The line after its last.
        words: A heading's words, without marks.
        level: A heading's level, 1 for the outermost.
    """

    kind: BlockKind
    first: int
    last: int
    words: str = ""
    level: int = 0


def _blocks(text: str, start: int) -> Iterator[tuple[Block, _Leaf | None]]:
    """The blocks, each with what the parser made of it, if anything."""
    body = text[start:]
    # The parser's line numbers count "\n" only: other line ends are blanked out, which keeps every offset.
    plain = re.sub(r"[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029\0]", " ", body)
    lines = [start, *accumulate((len(line) + 1 for line in plain.split("\n")), initial=start)][1:]
    reached = start
    for leaf in _leaves(MarkdownIt("commonmark").enable("table").parse(plain)):
        for begin, end in _uncovered(text, reached, lines[leaf.first]):
            yield Block(begin, end), None
        begin, end = _trim(text, max(lines[leaf.first], reached), min(lines[leaf.last], len(text)))
        if begin < end:
            yield Block(begin, end, "footnote" if _FOOTNOTE.match(text, begin) else leaf.kind), leaf
            reached = end
    for begin, end in _uncovered(text, reached, len(text)):
        yield Block(begin, end), None


def _leaves(tokens: list[Token]) -> Iterator[_Leaf]:
    """The leaf blocks, in the order of the text."""
    depth = 0
    for token, inline in zip_longest(tokens, tokens[1:]):
        if token.type in ("list_item_open", "list_item_close"):
            depth += token.nesting
        kind = _KINDS.get(token.type)
        first, last = token.map or (0, 0)
        if not kind or first >= last:
            continue
        if kind == "heading" and last - first <= LONGEST_HEADING:
            yield _Leaf(kind, first, last, _words(inline.content), int(token.tag.removeprefix("h")))
        elif kind in ("heading", "paragraph"):  # a longer heading is prose over a line of dashes
            yield _Leaf("list" if depth else "paragraph", first, last)
        else:
            yield _Leaf(kind, first, last)


def _uncovered(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """What the parser gives no block for, such as link definitions and rules, line by line."""
    for match in _LINE.finditer(text[start:end]):
        if any(character.isalnum() for character in match.group()):
            yield _trim(text, start + match.start(), start + match.end())


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def _words(heading: str) -> str:
    """A heading's words on one line, without the marks of emphasis and links."""
    return _EMPHASIS.sub(lambda match: match.group(1) or "", " ".join(heading.split()))


def _top_heading(headings: list[tuple[int, str, int]]) -> str | None:
    """The one heading of the outermost level, if it comes first."""
    if not headings:
        return None
    level = min(level for _, _, level in headings)
    tops = [words for _, words, other in headings if other == level]
    return tops[0] if len(tops) == 1 and headings[0][2] == level and tops[0] else None


def _front_matter(text: str) -> tuple[dict[str, Any], int]:
    """The fields at the top, and where the text begins after them."""
    front = _FRONT_MATTER.match(text)
    fields = _fields(*front.groups()) if front else None
    # Without fields it is text between two rules, such as the first of some slides.
    return (fields, front.end()) if front and fields is not None else ({}, 0)


def _fields(mark: str, front: str) -> dict[str, Any] | None:
    """What the front matter says; nothing if it has mistakes; None if it is none."""
    try:
        fields = tomllib.loads(front) if mark == "+++" else yaml.safe_load(front)
    except (yaml.YAMLError, ValueError):  # also of dates that there are not
        return {} if _FIELD.match(front) else None
    return fields if isinstance(fields, dict) else None


def _text(value: Any) -> str | None:
    """A field's value in words; of what is nested deeper, nothing, for a few bytes of it can stand for very much."""
    if isinstance(value, list):
        value = ", ".join(filter(None, (_text(item) for item in value if not isinstance(item, list))))
    if value is None or isinstance(value, dict | set):
        return None
    # YAML takes an escaped character outside of Unicode's first plane for two halves, as JSON writes it.
    whole = str(value).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return " ".join(whole.split()) or None
