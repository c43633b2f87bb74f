"""PowerPoint presentations: a slide is a page, its title a heading, its notes at its end, a chart a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import zip_longest

from pptx import Presentation
from pptx.chart.chart import Chart
from pptx.shapes.base import BaseShape
from pptx.shapes.group import GroupShape
from pptx.slide import Slide
from pptx.table import _Cell

from assistant.readers.draft import Draft
from assistant.readers.office import add_properties, figure, open_archive
from assistant.readers.tables import Cell, table_lines


def read(data: bytes, draft: Draft) -> None:
    """Reads a presentation.

    Args:
        data: The file.
        draft: What is added to.
    """
    with open_archive(data, draft) as archive:
        add_properties(archive, draft)
    slides = Presentation(BytesIO(data)).slides
    draft.check_pages(len(slides))
    for number, slide in enumerate(slides, 1):
        if number == 1 and slide.shapes.title is not None:
            draft.title = draft.title or slide.shapes.title.text_frame.text
        draft.page(f"slide {number}")
        _add_slide(slide, draft)


def _add_slide(slide: Slide, draft: Draft) -> None:
    title = slide.shapes.title
    if title is not None:
        draft.heading(title.text_frame.text, 1)
    for shape in _shapes(slide.shapes):
        if title is None or shape.shape_id != title.shape_id:
            _add_shape(shape, draft)
    if slide.has_notes_slide and (notes := slide.notes_slide.notes_text_frame):
        for line in notes.text.split("\n"):
            draft.add(line, "footnote")


def _shapes(shapes: Iterable[BaseShape]) -> Iterator[BaseShape]:
    for shape in shapes:
        if isinstance(shape, GroupShape):
            yield from _shapes(shape.shapes)
        else:
            yield shape


def _add_shape(shape: BaseShape, draft: Draft) -> None:
    if getattr(shape, "has_table", False):
        rows = [[*map(_cell, filter(_begins, row.cells))] for row in shape.table.rows]  # type: ignore[attr-defined]
        for line in table_lines(rows):
            draft.add(line, "table")
    elif getattr(shape, "has_chart", False):
        _add_chart(shape.chart, draft)  # type: ignore[attr-defined]
    elif shape.has_text_frame:
        paragraphs = [paragraph.text for paragraph in shape.text_frame.paragraphs]  # type: ignore[attr-defined]
        filled = [text for text in paragraphs if text.strip()]
        for text in filled:
            draft.add(text, "list" if len(filled) > 1 else "paragraph")


def _add_chart(chart: Chart, draft: Draft) -> None:
    """The figures that a chart shows, as a table."""
    if chart.has_title and chart.chart_title.has_text_frame:
        draft.add(chart.chart_title.text_frame.text, "caption")
    try:
        plots = list(chart.plots)
    except ValueError:
        return  # of a kind that is not known; the slide is read without it
    for plot in plots:
        names = [Cell(str(name), is_name=True) for name in ("", *(series.name for series in plot.series))]
        columns = [plot.categories, *(series.values for series in plot.series)]
        rows = [[Cell(_figure(value)) for value in row] for row in zip_longest(*columns)]
        for line in table_lines([names, *rows]):
            draft.add(line, "table")


def _figure(value: object) -> str:
    return "" if value is None else figure(value) if isinstance(value, float) else str(value)


def _begins(cell: _Cell) -> bool:
    """Whether a cell begins here, and is not covered by one that spans several."""
    return not cell.is_spanned


def _cell(cell: _Cell) -> Cell:
    return Cell(cell.text, cell.span_width, cell.span_height)
