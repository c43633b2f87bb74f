"""A second look at the evidence: a small language model reads the best passages before it is decided to answer.

Then it reads the best sentences once more, each by itself: one that is only on the topic does not convince it.

It was taught to, on public question sets, by ``benchmarks/train_reading.py``; how much it counts beside the first look
was learned by ``benchmarks/train_agreement.py``.
"""

from assistant.answering.reading.agreement import reconsider
from assistant.answering.reading.reader import Reader, shared_reader

__all__ = ["Reader", "reconsider", "shared_reader"]
