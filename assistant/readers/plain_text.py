"""Plain text: paragraphs by blank lines or by lines, headings by how they look."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from assistant.readers.structure import readable_name, sections
from assistant.types import Block, BlockKind, Document

# Nothing here may go over a line again from each of its characters: a line can be as long as a file.
_LINE = re.compile(r"(?<![^\r\n])[^\S\r\n]*+\S[^\r\n]*")
_BULLET = re.compile(r"\s*(?:[-*•–—]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s+\S")
_SENTENCE_END = re.compile(r"[.!?…:;,][\"'”’)\]]*\s*$")
_NUMBERED = re.compile(r"\s*(?:(\d+(?:\.\d+)*)\.?|[IVXLC]+\.)\s+\S")
_SIGNED = re.compile(r"(={1,6})([^=\n]+)\1")
_RULED = re.compile(r"(\S[^\n]*)\n[^\S\n]*([=~^-])\2{2,}")
_MARKED = re.compile(
    r"^[^\S\n]*(?:(={1,6})[^\S\n]*[^=\s][^=\n]*\1|\S[^\n]*\n[^\S\n]*([=~^-])\2{2,})[^\S\n]*$", re.MULTILINE
)
_COLUMNS = re.compile(r"\S(?:\t|\s{2,})\S")

LONGEST_HEADING = 80
"""Characters; a longer line is prose."""

SHORTEST_PROSE = 80
"""Characters that a block below a heading has at the least."""

WIDEST_WRAPPED = 100
"""Characters; lines longer than that were not broken to fit a width."""


def read(source: str, text: str, sha256: str) -> Document:
    """Reads plain text.

    Args:
        source: The document's name.
        text: All of it.
        sha256: Digest of the file's bytes.
    """
    blocks = _with_headings(text, _paragraphs(text))
    headings = [block for block in blocks if block.kind == "heading"]
    title = _title(text, blocks, headings)
    rest = [heading for heading in headings if heading is not title] if len(headings) > 1 else headings
    return Document(
        source=source,
        title=_words_and_level(text[title.start : title.end])[0]
        if title
        else _first_line(text, blocks) or readable_name(source),
        text=text,
        sha256=sha256,
        blocks=tuple(blocks),
        sections=sections(((h.start, *_words_and_level(text[h.start : h.end])) for h in rest), len(text)),
    )


def _paragraphs(text: str) -> list[Block]:
    """The text in blocks; of the headings, only those are told that bear marks."""
    blocks: list[Block] = []
    reached = 0
    for start, end in _marked_headings(text):
        blocks += [*_between(text, reached, start), _block(text, start, end, "heading")]
        reached = end
    return [*blocks, *_between(text, reached, len(text))]


def _marked_headings(text: str) -> Iterator[tuple[int, int]]:
    """Headings with a line of signs below them, as the names of a table's columns have too, or between signs."""
    for match in _MARKED.finditer(text):
        words, _ = _words_and_level(match.group().strip())
        begins = match.group(1) or re.search(r"(?:\A|\n[^\S\n]*\n)\Z", text[max(0, match.start() - 80) : match.start()])
        if begins and len(words) <= LONGEST_HEADING and not _COLUMNS.search(words):
            yield match.span()


def _between(text: str, start: int, end: int) -> list[Block]:
    """The lines of a paragraph that was broken to fit a width, as one block; every other line as one."""
    groups: list[list[tuple[int, int]]] = []
    for line in (match.span() for match in _LINE.finditer(text, start, end)):
        if not groups or re.search(r"\n[^\S\n]*\r?\n", text[groups[-1][-1][1] : line[0]]):
            groups.append([])
        groups[-1].append(line)
    return [block for group in groups for block in _blocks(text, group)]


def _blocks(text: str, lines: list[tuple[int, int]]) -> list[Block]:
    pieces: list[list[tuple[int, int]]] = []
    wrapped = _is_wrapped(text, lines)
    for line in lines:
        if not pieces or not wrapped or _BULLET.match(text, *line):
            pieces.append([])
        pieces[-1].append(line)
    return [
        _block(text, piece[0][0], piece[-1][1], "list" if _BULLET.match(text, *piece[0]) else "paragraph")
        for piece in pieces
    ]


def _block(text: str, start: int, end: int, kind: BlockKind) -> Block:
    words = text[start:end]
    return Block(start + len(words) - len(words.lstrip()), start + len(words.rstrip()), kind)


def _words_and_level(heading: str) -> tuple[str, int]:
    """What a heading says, and how deep it is by its marks or its number."""
    if signed := _SIGNED.fullmatch(heading):
        return signed.group(2).strip(), len(signed.group(1))
    if ruled := _RULED.fullmatch(heading):
        return ruled.group(1).rstrip(), 1 if ruled.group(2) == "=" else 2
    return heading, max(1, _depth(heading))


def _is_wrapped(text: str, lines: list[tuple[int, int]]) -> bool:
    """Whether these lines were broken to fit a width: none is long, and most end in the middle of a sentence."""
    inner = [text[start:end] for start, end in lines[:-1]]
    if not inner or any(end - start > WIDEST_WRAPPED for start, end in lines):
        return False
    return sum(not _SENTENCE_END.search(line) for line in inner) * 2 >= len(inner)


def _with_headings(text: str, blocks: list[Block]) -> list[Block]:
    """The same blocks, with those that stand above prose and look like a heading made one."""
    found = list(blocks)
    for number, block in reversed(list(enumerate(blocks))):
        below = found[number + 1] if number + 1 < len(found) else None
        if (
            block.kind != "heading"
            and below
            and _looks_like_heading(text, block)
            and _may_stand_below(text, block, below, at_the_top=number == 0)
        ):
            found[number] = Block(block.start, block.end, "heading")
    return found


def _looks_like_heading(text: str, block: Block) -> bool:
    line = text[block.start : block.end]
    if "\n" in line or len(line) > LONGEST_HEADING or (block.kind == "list" and not _NUMBERED.match(line)):
        return False
    ends_open = line.endswith("?") or not _SENTENCE_END.search(line)
    begins = line[0].isupper() or line[0].isdigit() or not line[0].isascii()
    return ends_open and begins and any(character.isalpha() for character in line) and "\t" not in line


def _may_stand_below(text: str, heading: Block, below: Block, *, at_the_top: bool) -> bool:
    if below.kind == "heading":
        return at_the_top or _depth(text[below.start : below.end]) > _depth(text[heading.start : heading.end])
    length = below.end - below.start
    prose = bool(_SENTENCE_END.search(text[below.start : below.end])) and below.kind in ("paragraph", "list")
    return prose and length >= max(SHORTEST_PROSE, heading.end - heading.start)


def _depth(heading: str) -> int:
    """How deep a heading is by its number, or 0 where it has none: 2 for "1.2 Costs"."""
    number = _NUMBERED.match(heading)
    return number.group(1).count(".") + 1 if number and number.group(1) else 0


def _title(text: str, blocks: list[Block], headings: list[Block]) -> Block | None:
    """The heading at the very top, if it is set apart from the others: by what follows it, or by being the only one."""
    if not headings or headings[0] is not blocks[0]:
        return None
    first = headings[0]
    if len(headings) == 1 or (len(blocks) > 1 and blocks[1] is headings[1]):
        return first
    gaps = {b.start: text.count("\n", a.end, b.start) for a, b in pairwise(blocks)}
    after = [gaps[b.start] for a, b in pairwise(blocks) if a.kind == "heading"]
    return first if after[0] > max(after[1:], default=0) else None


def _first_line(text: str, blocks: list[Block]) -> str | None:
    """The first line, if it stands alone above prose or a list; something short may come between, such as a name."""
    if len(blocks) < 2 or not _looks_like_heading(text, blocks[0]) or text[blocks[0].end - 1] == "?":
        return None
    first, *rest = blocks
    alone = re.match(r"[^\S\n]*\n[^\S\n]*\n", text[first.end : rest[0].start])
    below = rest[0].kind == "list" or any(block.end - block.start >= SHORTEST_PROSE for block in rest)
    return text[first.start : first.end] if alone and below else None
