"""The index: documents → generations that are searched.

`build` makes the next generation, `CurrentIndex` hands out the one that answers, `Generation` is what the retriever
searches; `rollback` goes back one, `status` tells what is out of date, `watch` follows the documents folder.
"""

from assistant.index.build import build
from assistant.index.current import CurrentIndex
from assistant.index.fitting import of_another_model
from assistant.index.generation import Generation
from assistant.index.generations import has_index
from assistant.index.memory import build_in_memory
from assistant.index.progress import Progress, Stage
from assistant.index.rollback import rollback
from assistant.index.status import status
from assistant.index.watch import watch

__all__ = [
    "CurrentIndex",
    "Generation",
    "Progress",
    "Stage",
    "build",
    "build_in_memory",
    "has_index",
    "of_another_model",
    "rollback",
    "status",
    "watch",
]
