"""What readers thought of answers, kept beside the index."""

from pathlib import Path

from assistant import Assistant
from assistant.feedback import FILE, save, saved
from assistant.settings import Settings


def test_a_thumb_is_kept_whatever_the_question_has_in_it_and_whatever_befell_the_file(tmp_path: Path) -> None:
    settings = Settings.load(documents=tmp_path, index=tmp_path / "index")
    odd = "How many eggs,\u2028and when?\x85"
    answer = Assistant.from_texts({"bees.md": "A queen lays 1,500 eggs a day."}).ask(odd)
    settings.index.mkdir()
    save(settings, answer, liked=True)
    with (settings.index / FILE).open("ab") as file:
        file.write(b'["no note"]\n{"liked": true}\n')
        file.write('{"liked": true, "question": "’'.encode()[:-1])
    save(settings, answer, liked=False)
    assert [(entry["question"], entry["liked"]) for entry in saved(settings)] == [
        (answer.question, True),
        (answer.question, False),
    ]
