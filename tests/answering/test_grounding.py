"""A sentence stands only where the evidence says what it says: sentences that people labelled by hand."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.answering.chat_model.context import Numbered, fit
from assistant.answering.chat_model.marks import Written
from assistant.answering.chat_model.support import Support, support
from assistant.answering.evidence import ScoredSentence
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
    sentences = [ScoredSentence(passage, span, 0.5) for passage in passages for span in passage.sentences]
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


@pytest.mark.parametrize(
    ("false", "true", "evidence"),
    [
        ("It cost 3 million euros to build.", "It cost 3 billion euros to build.", "It cost 3 billion euros to build."),
        (
            "The city has 40 thousand residents.",
            "The city has 40 million residents.",
            "The city has 40 million inhabitants.",
        ),
        ("The crossing to Oslo took 3 hours.", "The crossing took 3 minutes.", "The crossing to Oslo took 3 minutes."),
        ("The strike lasted 12 days.", "The strike lasted 12 weeks.", "The strike in Lund lasted 12 weeks."),
        ("The road is 12 kilometres long.", "The road is 12 miles long.", "The road to Lund is 12 miles long."),
        ("The road is 12 miles long.", "The road is 12 kilometers long.", "The road is 12 km long."),
        ("Prices are higher.", "Prices are lower.", "Prices are lower than last year."),
        ("Her husband founded the school.", "Her wife founded the school.", "Her wife founded the school in Lund."),
        ("The ferry leaves in the morning.", "The ferry leaves in the evening.", "The ferry leaves in the evening."),
        ("Millions of people fled.", "Thousands of people fled.", "Thousands of people fled the valley."),
        ("The lease runs for 9 years.", "The lease runs for 9 months.", "The lease runs for 9 months."),
        ("The harvest failed 12 decades ago.", "The harvest failed 12 years ago.", "The harvest failed 12 years ago."),
        ("Her father taught her to weave.", "Her mother taught her to weave.", "Her mother taught her to weave."),
        ("She came with two sisters.", "She came with two brothers.", "She came with two brothers."),
        ("The river is narrower there.", "The river is wider there.", "The river is wider there, in the south."),
        ("The new engine is slower.", "The new engine is faster.", "The new engine is faster."),
        ("Demand is weak in Asia.", "Demand is strong in Asia.", "Demand is strong in Asia."),
        ("The left bank was flooded.", "The right bank was flooded.", "The right bank was flooded."),
        ("The company sold the mill.", "The company bought the mill.", "The company purchased the mill."),
        ("The use is legal in Norway.", "The use is illegal in Norway.", "The use is illegal in Norway."),
        ("Tuesday is a holiday.", "Monday is a holiday.", "Monday is a holiday."),
    ],
)
def test_what_is_like_it_in_context_is_not_the_same(false: str, true: str, evidence: str) -> None:
    assert support(Written(false, (), 0), numbered("news.txt", evidence)).places == ()
    assert support(Written(true, (), 0), numbered("news.txt", evidence)).places


YEARS = "Profit was 2 percent in 2018 and 3 percent in 2019."
COMPARED = "The farm sold 300 eggs in 1990, compared with 500 eggs in 2000."
BOATS = "The town sold 40 boats in 1910, 60 boats in 1911 and 80 boats in 1912."
STORM = "The storm lasted 3 hours and 20 minutes and broke the mast."


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        ("Profit was 2 percent in 2019.", YEARS),
        ("Profit was 3 percent in 2018.", YEARS),
        ("The farm sold 300 eggs in 2000.", COMPARED),
        ("The town sold 40 boats in 1911.", BOATS),
        ("The town sold 40 boats in 1912.", BOATS),
        ("The town sold 60 boats in 1912.", BOATS),
        ("The storm lasted 20 hours and broke the mast.", STORM),
        ("Revenue was 3 million euros.", "Revenue was 3 billion euros and profit was 5 million euros."),
    ],
)
def test_a_number_goes_with_what_it_stands_with(text: str, evidence: str) -> None:
    assert support(Written(text, (), 0), numbered("news.txt", evidence)).places == ()


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        (YEARS, YEARS),
        ("Profit was 2 percent in 2018.", YEARS),
        ("Profit was 3 percent in 2019.", YEARS),
        ("The farm sold 300 eggs in 1990.", COMPARED),
        ("The farm sold 500 eggs in 2000.", COMPARED),
        ("The town sold 40 boats in 1910.", BOATS),
        ("The town sold 80 boats in 1912.", BOATS),
        (STORM, STORM),
        ("Revenue was 3 billion euros.", "Revenue was 3 billion euros and profit was 5 million euros."),
        ("Profit was 2 percent in 2019.", "Profit was 2 percent in 2018 and 2 percent in 2019."),
        ("She rescued 11 sailors in 1906.", "She rescued 11 sailors in 2 hours in 1906."),
        ("The 12 ships cost 5 million euros.", "The 12 ships, built between 1910 and 1920, cost 5 million euros."),
    ],
)
def test_a_number_may_be_left_out_with_what_goes_with_it(text: str, evidence: str) -> None:
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
