"""Which names and numbers a question has, and whether they are mentioned, in whatever form."""

from assistant.answering.names.forms import acronyms
from assistant.answering.names.meant import Similar, meant
from assistant.answering.names.named import names_in
from assistant.answering.names.numbers import has_another_number
from assistant.answering.names.unknown import has_name_in_pieces, unknown_names

__all__ = [
    "Similar",
    "acronyms",
    "has_another_number",
    "has_name_in_pieces",
    "meant",
    "names_in",
    "unknown_names",
]
