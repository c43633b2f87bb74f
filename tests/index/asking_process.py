"""Asks the same question without pause until its input ends: run by test_live.py, not a test itself.

Writes one JSON array a line: when the question was asked, in nanoseconds of the clock that all processes share, which
generation answers, and the texts that were found.
"""

import json
import select
import sys
import time

from assistant import Assistant


def main() -> None:
    documents, index, question = sys.argv[1:]
    assistant = Assistant(documents, index)
    while not select.select([sys.stdin], [], [], 0)[0]:
        asked = time.monotonic_ns()
        found = [passage.text for passage in assistant.retrieve(question, k=20)]
        sys.stdout.write(json.dumps([asked, found]) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
