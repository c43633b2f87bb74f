"""The web chat over the documents folder: ``python app.py``, or Gradio's own tools, which look for ``demo``."""

import sys

from assistant import Assistant, AssistantError
from assistant.web import build

try:
    demo = build(Assistant())
    if __name__ == "__main__":
        demo.launch()
except AssistantError as error:
    sys.exit(str(error))
