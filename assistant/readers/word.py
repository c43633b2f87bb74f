"""Word documents: mammoth tells headings, lists, tables and notes by their styles."""

from __future__ import annotations

from io import BytesIO

import mammoth
from lxml import html

from assistant.readers.draft import Draft
from assistant.readers.html_tree import add_elements
from assistant.readers.office import add_properties, open_archive

_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='caption'] => figcaption:fresh
p[style-name='Caption'] => figcaption:fresh
p[style-name^='Table'] => p:fresh
"""


_NO_IMAGES = mammoth.images.img_element(lambda _: {})


def read(data: bytes, draft: Draft) -> None:
    """Reads a Word document.

    Args:
        data: The file.
        draft: What is added to.
    """
    with open_archive(data, draft) as archive:
        add_properties(archive, draft)
    page = mammoth.convert_to_html(BytesIO(data), style_map=_STYLES, convert_image=_NO_IMAGES)
    if page.value:
        add_elements(html.document_fromstring(page.value), draft)
