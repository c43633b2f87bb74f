"""The index: documents → generations that are searched.

`build` makes the next generation, `CurrentIndex` hands out the one that answers, `Generation` is what the retriever
searches; `rollback` goes back one, `status` tells what is out of date, `watch` follows the documents folder.
"""

from assistant.index.build import build
from assistant.index.current import CurrentIndex, open_current
from assistant.index.generation import Generation
from assistant.index.generations import has_index
from assistant.index.lexicon import Lexicon
from assistant.index.memory import build_in_memory
from assistant.index.progress import Progress, Stage
from assistant.index.rollback import rollback
from assistant.index.status import status
from assistant.index.watch import watch

__all__ = [
    "CurrentIndex",
    "Generation",
    "Lexicon",
    "Progress",
    "Stage",
    "build",
    "build_in_memory",
    "has_index",
    "open_current",
    "rollback",
    "status",
    "watch",
]
