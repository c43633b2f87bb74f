"""From the original as it was read one gets to the file itself."""

from pathlib import Path

from playwright.sync_api import expect

from .conftest import Ask, Visit

PDF = Path(__file__).parent.parent / "data" / "study-libreoffice.pdf"


def test_the_file_of_a_cited_document_is_offered_a_pdf_at_the_cited_page(
    folder: Path, served: str, visit: Visit, ask: Ask
) -> None:
    (folder / "study.pdf").write_bytes(PDF.read_bytes())
    page = visit(served)
    link = page.get_by_role("link", name="Open the file")
    ask(page, "How many million crowns would the bridge cost?")
    cited = page.locator(".cited", has_text="page 2").first
    cited.click()
    expect(page.locator(".reading mark.current").first).to_be_in_viewport()
    expect(link).to_have_attribute("href", f"{served}files/study.pdf#page=2")

    ask(page, "How many eggs does a queen bee lay a day?")
    page.locator(".turn").last.locator(".mark").first.click()
    expect(page.locator(".pane .title")).to_have_text("Keeping bees")
    with page.expect_download() as download:
        link.evaluate("link => { link.target = '_self'; link.click() }")  # a new tab's download is not told of
    assert download.value.path().read_bytes() == (folder / "bees.md").read_bytes()
