"""What passes between the stages: frozen dataclasses, each made by one stage and read by the next.

Every offset is in characters of ``Document.text``, 0-based and end-exclusive.
"""

from assistant.types.answers import Answer, Citation, Message, Statement
from assistant.types.documents import Block, BlockKind, Document, Page, Section, Span
from assistant.types.indexes import DocumentRecord, IndexInfo, IndexReport, IndexStatus
from assistant.types.passages import EmbeddedText, Passage

__all__ = [
    "Answer",
    "Block",
    "BlockKind",
    "Citation",
    "Document",
    "DocumentRecord",
    "EmbeddedText",
    "IndexInfo",
    "IndexReport",
    "IndexStatus",
    "Message",
    "Page",
    "Passage",
    "Section",
    "Span",
    "Statement",
]
