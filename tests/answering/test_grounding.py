"""A sentence stands only where the evidence says what it says: sentences that people labelled by hand."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.answering.chat_model.context import Numbered, fit
from assistant.answering.chat_model.marks import Written
from assistant.answering.chat_model.support import Support, support
from assistant.answering.evidence import Judged
from assistant.readers import document_from_text
from assistant.splitting import split

LABELLED = json.loads(Path(__file__).with_name("labelled_sentences.json").read_text(encoding="utf-8"))

TOWN = (
    "Mayor Anna Berg opened the harbour in 1931. She had promised it to the fishermen, who paid half of it. "
    "The library has “a roof of copper and glass” and may be sold if the council agrees."
)


@dataclass(frozen=True)
class Case:
    text: str
    supported: bool
    evidence: tuple[Numbered, ...]

    @property
    def stands(self) -> bool:
        return bool(support(Written(self.text, (), 0), self.evidence).places)


def numbered(source: str, text: str) -> tuple[Numbered, ...]:
    passages = split(document_from_text(source, text), 700)
    sentences = [Judged(passage, span, 0.5) for passage in passages for span in passage.sentences]
    return fit(sentences, tokens=100_000, most=len(sentences))


@pytest.fixture(scope="module")
def cases(analysis: Path) -> list[Case]:
    found = []
    for document in LABELLED:
        text = document["text"] or analysis.read_text(encoding="utf-8")
        evidence = numbered(document["document"], text)
        found += [Case(one["text"], one["supported"], evidence) for one in document["sentences"]]
    return found


def verify(text: str, cited: Sequence[int] = ()) -> Support:
    return support(Written(text, tuple(cited), 0), numbered("town.txt", TOWN))


def quotes(found: Support) -> list[str]:
    return [place.text for place in found.places]


def test_a_word_that_the_end_of_a_line_breaks_is_the_word() -> None:
    evidence = numbered("basin.txt", "The sedi-\nmentation of the Rhône basin took about 4,000 years.")
    assert support(Written("Sedimentation of the Rhône basin took about 4,000 years.", (), 0), evidence).places


def test_hardly_any_sentence_stands_that_the_evidence_does_not_support(cases: list[Case]) -> None:
    standing = [case for case in cases if case.stands]
    wrong = [case.text for case in standing if not case.supported]
    assert len(wrong) <= 0.05 * len(standing), wrong


def test_most_sentences_stand_that_the_evidence_supports(cases: list[Case]) -> None:
    struck = [case.text for case in cases if case.supported and not case.stands]
    assert len(struck) <= 0.25 * sum(case.supported for case in cases), struck


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        ("The drug is effective.", "No effective drug is known."),
        ("The vaccine is safe.", "Critics say there is no safe vaccine yet."),
        ("The bridge is safe.", "There is no safe bridge across the river."),
        ("The bridge is safe.", "There is hardly a safe bridge across the river."),
        ("The museum was a popular attraction.", "It never became a popular museum attraction."),
        ("Kim Hyon is a spy.", "Police questioned the alleged spy Kim Hyon and let her go."),
        ("Yukio Hatoyama is prime minister.", "The former prime minister Yukio Hatoyama spoke."),
        ("Yukio Hatoyama is prime minister.", "The former Japanese prime minister Yukio Hatoyama spoke."),
        ("Yukio Hatoyama is prime minister.", "Yukio Hatoyama, the former prime minister, spoke."),
        ("Yukio Hatoyama is prime minister.", "Ex-Prime Minister Yukio Hatoyama spoke."),
        ("Junichiro Koizumi is prime minister.", "In 2002, then-Prime Minister Junichiro Koizumi went to Pyongyang."),
        ("Rosa Lind is the mayor.", "Acting mayor Rosa Lind opened the fair."),
        ("Rosa Lind was the mayor.", "The future mayor Rosa Lind studied law."),
        ("Rosa Lind is president.", "They congratulated Rosa Lind, the president-elect."),
        ("Rosa Lind is president.", "The vice president Rosa Lind spoke."),
        ("The station is open.", "If there is an open station, trains go on."),
    ],
)
def test_what_is_called_so_with_a_reserve_is_not_so(text: str, evidence: str) -> None:
    assert support(Written(text, (), 0), numbered("news.txt", evidence)).places == ()


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        ("Shigeru Ishiba is prime minister.", "Prime Minister Shigeru Ishiba said that he would go to Pyongyang."),
        ("Shigeru Ishiba is prime minister.", "In May, Prime Minister Shigeru Ishiba did not go to Pyongyang."),
        ("Shigeru Ishiba is prime minister.", "Nobody expected to see Prime Minister Shigeru Ishiba."),
        ("Yukio Hatoyama is the former prime minister.", "The former prime minister Yukio Hatoyama spoke."),
        ("Yukio Hatoyama was prime minister.", "The former prime minister Yukio Hatoyama spoke."),
        ("Kim Hyon is an alleged spy.", "Police questioned the alleged spy Kim Hyon and let her go."),
        ("Rosa Lind is the mayor.", "Then the mayor Rosa Lind opened the fair."),
        ("The bridge is safe.", "It is a safe bridge across the river."),
    ],
)
def test_what_someone_is_called_in_passing_they_are(text: str, evidence: str) -> None:
    assert support(Written(text, (), 0), numbered("news.txt", evidence)).places


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        ("The bridge cost $12 million.", "The bridge cost €12 million."),
        ("The bridge cost 12 million dollars.", "The bridge cost £12 million."),
        ("The night had 5 °C.", "The night had −5 °C."),
        ("The night had -5 °C.", "The night had 5 °C."),
        ("The toll rose by 12%.", "The toll rose by 12 euros."),
        ("The toll rose by 12 percent.", "The toll rose by 12."),
    ],
)
def test_a_number_of_something_else_is_another_number(text: str, evidence: str) -> None:
    assert support(Written(text, (), 0), numbered("news.txt", evidence)).places == ()


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        ("The bridge cost 12 million dollars.", "The bridge cost 12 million US dollars."),
        ("The bridge cost $12 million.", "The bridge cost $12 million."),
        ("The toll rose by 12%.", "The toll rose by 12 per cent."),
        ("The toll rose by 12 percent.", "The toll rose by 12 %."),
        ("The night had -5 °C.", "The night had −5°C."),
        ("The harbour closed from 1931–1935.", "The harbour closed from 1931-1935."),
    ],
)
def test_a_measure_may_be_written_in_another_way(text: str, evidence: str) -> None:
    assert support(Written(text, (), 0), numbered("news.txt", evidence)).places


def test_what_is_cited_is_looked_at_first() -> None:
    first, second = "Mayor Anna Berg opened the harbour in 1931.", "In 1931, Mayor Anna Berg opened the harbour."
    evidence = numbered("town.txt", f"{first} {second}")
    for number, sentence in ((1, first), (2, second)):
        found = support(Written("Mayor Anna Berg opened the harbour.", (number,), 0), evidence)
        assert quotes(found) == [sentence]


def test_a_wrong_citation_is_replaced_by_the_right_one() -> None:
    assert quotes(verify("Mayor Anna Berg opened the harbour in 1931.", [3])) == [
        "Mayor Anna Berg opened the harbour in 1931."
    ]


def test_a_name_that_a_pronoun_stands_for_brings_the_sentence_before() -> None:
    found = quotes(verify("Mayor Anna Berg promised it to the fishermen.", [2]))
    assert len(found) == 2
    assert found[1] == "Mayor Anna Berg opened the harbour in 1931."


def test_a_pronoun_behind_another_full_name_stands_for_that_one() -> None:
    evidence = numbered("news.txt", "Yukio Hatoyama spoke. Prime Minister Shigeru Ishiba said that he would go.")
    assert support(Written("Yukio Hatoyama is prime minister.", (), 0), evidence).places == ()


def test_two_clauses_may_rest_on_two_sentences() -> None:
    text = "Mayor Anna Berg opened the harbour in 1931, and the library has a roof of copper and glass."
    assert len(quotes(verify(text))) == 2


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Mayor Anna Berg opened the harbour in 1932.", "“1932”"),
        ("Mayor Olga Berg opened the harbour in 1931.", "“Olga”"),
        ("Mayor Anna Berg closed the harbour in 1931.", "“closed”"),
        ("Mayor Anna Berg did not open the harbour in 1931.", "differently"),
        ("The library has a roof of copper and glass and is sold.", "without reserve"),
        ("The library has “a roof of glass and copper”.", "words “a roof of glass and copper”"),
        ("Indeed.", "nothing that could be checked"),
    ],
)
def test_what_is_wrong_with_a_sentence_is_told(text: str, reason: str) -> None:
    found = verify(text)
    assert found.places == ()
    assert found.problem is not None
    assert reason in found.problem
