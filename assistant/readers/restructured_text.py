"""reStructuredText, by docutils; nothing is included from other files, and nothing is run."""

from __future__ import annotations

from docutils import nodes
from docutils.core import publish_doctree

from assistant.readers.decoding import decode
from assistant.readers.draft import Draft
from assistant.readers.tables import Cell, table_lines
from assistant.types import BlockKind

_SETTINGS = {
    "file_insertion_enabled": False,
    "raw_enabled": False,
    "report_level": 5,
    "halt_level": 5,
    "warning_stream": False,
    "docinfo_xform": True,
    "_disable_config": True,
}
_KINDS: dict[type[nodes.Node], BlockKind] = {
    nodes.list_item: "list",
    nodes.definition_list_item: "list",
    nodes.field: "list",
    nodes.option_list_item: "list",
    nodes.footnote: "footnote",
    nodes.citation: "footnote",
}
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
    document = publish_doctree(decode(data, draft.source), settings_overrides=_SETTINGS)
    for docinfo in document.findall(nodes.docinfo):
        _add_properties(docinfo, draft)
    _place_notes(document)
    has_title = any(isinstance(node, nodes.title) for node in document.children)
    _add(document, draft, level=int(has_title), kind="paragraph")


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
