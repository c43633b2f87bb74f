"""reStructuredText, by docutils; nothing is included from other files, and nothing is run."""

from __future__ import annotations

import re
from textwrap import dedent

from docutils import nodes
from docutils.core import publish_doctree

from assistant.readers.decoding import decode
from assistant.readers.draft import Draft
from assistant.readers.tables import Cell, table_lines
from assistant.types import BlockKind

_SETTINGS = {
    "file_insertion_enabled": False,
    "raw_enabled": False,
    "report_level": 3,  # names what it does not know, in the document
    "halt_level": 5,
    "warning_stream": False,
    "docinfo_xform": True,
    "_disable_config": True,
}
_KINDS: dict[type[nodes.Node], BlockKind] = {
    nodes.list_item: "list",
    nodes.definition_list_item: "list",
    nodes.option_list_item: "list",
    nodes.footnote: "footnote",
    nodes.citation: "footnote",
}
_CHANGES = {
    "versionadded": "Added in version",
    "versionchanged": "Changed in version",
    "deprecated": "Deprecated since version",
}
_OF_NO_WORDS = ("toctree", "include", "literalinclude", "raw", "index", "currentmodule", "highlight")
_ROLE = re.compile(r":[\w.:+-]+:`([^`]*)`")
_TARGET = re.compile(r"\s*<[^>]*>\Z")
_DIRECTIVE = re.compile(r"\.\. ([\w:.+-]+)::[^\S\n]*(.*)\n?([\s\S]*)")
_OPTIONS = re.compile(r"\A\s*(?::[\w-]+:.*\n?)*")
_LEFT_OUT = (
    nodes.label,
    nodes.system_message,
    nodes.comment,
    nodes.substitution_definition,
    nodes.docinfo,
    nodes.problematic,
)


def read(data: bytes, draft: Draft) -> None:
    """Reads reStructuredText.

    Args:
        data: The file.
        draft: What is added to.
    """
    document = _parse(decode(data, draft.source))
    for docinfo in document.findall(nodes.docinfo):
        _add_properties(docinfo, draft)
    _place_notes(document)
    has_title = any(isinstance(node, nodes.title) for node in document.children)
    _add(document, draft, level=int(has_title), kind="paragraph")


def _parse(text: str) -> nodes.document:
    """The document, with what stands in roles and directives that docutils does not know, such as Sphinx's."""
    document = publish_doctree(text, settings_overrides=_SETTINGS)
    for problem in list(document.findall(nodes.problematic)):
        if role := _ROLE.fullmatch(problem.astext()):
            label = _TARGET.sub("", role.group(1))
            problem.parent.replace(
                problem, nodes.Text(label.rpartition(".")[2] if label.startswith("~") else label.lstrip("!"))
            )
    for message in list(document.findall(nodes.system_message)):
        blocks = [child for child in message.children if isinstance(child, nodes.literal_block)]
        if blocks and (directive := _DIRECTIVE.match(blocks[0].astext())):
            message.parent[message.parent.index(message) : message.parent.index(message) + 1] = _inside(
                *directive.groups()
            )
    return document


def _inside(name: str, argument: str, body: str) -> list[nodes.Node]:
    """What an unknown directive says: its argument, which may name a function or a version, and its body."""
    if name in _OF_NO_WORDS or name.startswith("auto"):
        return []
    argument = f"{_CHANGES.get(name, '')} {argument}".strip()
    heading = [nodes.paragraph(argument, argument)] if argument else []
    return [*heading, *_parse(_OPTIONS.sub("", dedent(body))).children]


def _place_notes(document: nodes.document) -> None:
    """Moves each footnote to below the paragraph that refers to it, and takes the marks away."""
    notes = {name: note for note in document.findall(nodes.footnote) for name in note["ids"]}
    for mark in reversed(list(document.findall(nodes.footnote_reference))):
        holder, note = mark.parent, notes.pop(mark.get("refid"), None)
        holder.remove(mark)
        if note is not None and holder.parent is not None and holder not in note.findall():
            note.parent.remove(note)
            holder.parent.insert(holder.parent.index(holder) + 1, note)


def _add_properties(docinfo: nodes.docinfo, draft: Draft) -> None:
    for entry in docinfo.children:
        if isinstance(entry, nodes.author | nodes.authors):
            draft.author = ", ".join(author.astext() for author in entry.findall(nodes.author))
        elif isinstance(entry, nodes.date):
            draft.date = entry.astext()


def _add(node: nodes.Node, draft: Draft, level: int, kind: BlockKind) -> None:
    if isinstance(node, _LEFT_OUT):
        return
    if isinstance(node, nodes.title | nodes.subtitle):
        draft.heading(node.astext(), max(level, 1))
    elif isinstance(node, nodes.table):
        _add_table(node, draft)
    elif isinstance(node, nodes.literal_block):
        draft.add(node.astext(), "code")
    elif isinstance(node, nodes.field):
        draft.add(": ".join(" ".join(part.astext().split()) for part in node.children), "list")
    elif isinstance(node, nodes.caption):
        draft.add(node.astext(), "caption")
    elif isinstance(node, nodes.TextElement):
        draft.add(" ".join(node.astext().split()), kind)
    else:
        level += isinstance(node, nodes.section)
        for child in node.children:
            _add(child, draft, level, _KINDS.get(type(node), kind))


def _add_table(table: nodes.table, draft: Draft) -> None:
    for title in table.findall(nodes.title):
        draft.add(title.astext(), "caption")
    rows = [[_cell(entry) for entry in row.findall(nodes.entry)] for row in table.findall(nodes.row)]
    for line in table_lines(rows):
        draft.add(line, "table")


def _cell(entry: nodes.entry) -> Cell:
    is_name = isinstance(entry.parent.parent, nodes.thead)
    return Cell(entry.astext(), 1 + entry.get("morecols", 0), 1 + entry.get("morerows", 0), is_name)
