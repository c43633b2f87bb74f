"""The web chat over the documents folder: ``python app.py``, or Gradio's own tools, which look for ``demo``."""

from assistant import Assistant
from assistant.web import build

demo = build(Assistant())

if __name__ == "__main__":
    demo.launch()
