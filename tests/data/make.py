"""Makes the files beside it with the programs that people use: LibreOffice, pandoc, Chromium and Pillow.

    apt-get install chromium hyphen-en-gb pandoc libreoffice-writer libreoffice-calc libreoffice-impress
    .venv/bin/python tests/data/make.py

The files are kept in the repository, so that the tests need none of these programs. All of their text is made up for
this project and under its licence.
"""

import subprocess
import tempfile
from pathlib import Path

from PIL import Image, ImageDraw

DATA = Path(__file__).parent
SOURCES = DATA / "sources"
PDF_OPTIONS = '{"ExportBookmarks":{"type":"boolean","value":"true"}%s}'
PASSWORD = ',"EncryptFile":{"type":"boolean","value":"true"},"DocumentOpenPassword":{"type":"string","value":"ferry-7"}'


def main() -> None:
    for suffix in ("docx", "epub", "html", "rst"):
        pandoc("study.md", f"study-pandoc.{suffix}", "--standalone")
    pandoc("talk.md", "talk-pandoc.pptx", "--slide-level=1")
    office("study.fodt", "study-libreoffice.docx", "docx:MS Word 2007 XML")
    office("figures.html", "figures.odt", "odt:writer8")
    office("../figures.odt", "figures-libreoffice.docx", "docx:MS Word 2007 XML")
    (DATA / "figures.odt").unlink()
    office("study.fodt", "study-libreoffice.pdf", "pdf:writer_pdf_Export:" + PDF_OPTIONS % "")
    office("study.fodt", "protected.pdf", "pdf:writer_pdf_Export:" + PDF_OPTIONS % PASSWORD)
    office("columns.fodt", "columns.pdf", "pdf:writer_pdf_Export:" + PDF_OPTIONS % "")
    office("budget.fods", "budget.xlsx", "xlsx:Calc MS Excel 2007 XML")
    office("budget.fods", "budget.csv", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false")
    browser("signs.html", "signs-chromium.pdf")
    scan(DATA / "scan.pdf")


def pandoc(source: str, target: str, *options: str) -> None:
    subprocess.run(["pandoc", *options, SOURCES / source, "--output", DATA / target], check=True)


def office(source: str, target: str, kind: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            ["soffice", "--headless", "--convert-to", kind, "--outdir", folder, SOURCES / source],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        (made,) = Path(folder).iterdir()
        made.replace(DATA / target)


def browser(source: str, target: str) -> None:
    options = ("--headless", "--no-sandbox", "--no-pdf-header-footer", f"--print-to-pdf={DATA / target}")
    subprocess.run(["chromium", *options, SOURCES / source], check=True)


def scan(target: Path) -> None:
    page = Image.new("L", (620, 877), 255)
    ImageDraw.Draw(page).text((60, 60), "The ferry carried 4,120 people in May.", fill=0)
    page.save(target, "PDF", resolution=75)


if __name__ == "__main__":
    main()
