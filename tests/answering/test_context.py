"""What the chat model is given fits its window: the best evidence first, whole messages."""

from assistant.answering.chat_model.context import PER_SENTENCE, count_tokens, fit, trim
from assistant.answering.evidence import ScoredSentence
from assistant.readers import document_from_text
from assistant.splitting import split
from assistant.types import Message

TEXT = " ".join(f"The {number}th train left the old station at {number} o'clock." for number in range(2, 40))


def judged(best: int) -> list[ScoredSentence]:
    passages = split(document_from_text("trains.txt", TEXT), 700)
    places = [(passage, span) for passage in passages for span in passage.sentences]
    return [ScoredSentence(passage, span, 1 / (1 + abs(n - best))) for n, (passage, span) in enumerate(places)]


def test_the_best_sentence_is_given_with_its_neighbours_in_reading_order() -> None:
    given = fit(judged(best=20), tokens=3 * (PER_SENTENCE + 25))
    assert [one.number for one in given] == [1, 2, 3]
    assert ["22th" in given[1].text, given[0].span < given[1].span < given[2].span] == [True, True]


def test_no_more_is_given_than_there_is_room_for() -> None:
    given = fit(judged(best=20), tokens=200)
    assert len(given) > 1
    assert sum(count_tokens(one.text) + PER_SENTENCE for one in given) <= 200


def test_the_best_sentence_is_given_even_without_room() -> None:
    assert fit(judged(best=3), tokens=-50)


def test_the_sentence_before_is_known() -> None:
    given = fit(judged(best=5), tokens=10_000)
    assert given[1].before is not None
    assert given[1].before.text == given[0].text


def test_a_long_conversation_loses_its_oldest_messages_whole() -> None:
    history: list[Message] = [{"role": "user", "content": f"Question {n} about trains. [1]"} for n in range(50)]
    kept = trim(history, tokens=100)
    assert [message["content"] for message in kept] == [
        f"Question {n} about trains." for n in range(50 - len(kept), 50)
    ]
    assert 0 < len(kept) < 50


def test_the_conversation_that_is_given_begins_with_a_question() -> None:
    history: list[Message] = [
        {"role": "assistant", "content": "Ask me about trains."},
        {"role": "user", "content": "When does it leave?"},
        {"role": "assistant", "content": "At nine. [1]"},
        {"role": "user", "content": "And the next?"},
    ]
    assert [message["content"] for message in trim(history, tokens=1000)] == [
        "When does it leave?",
        "At nine.",
        "And the next?",
    ]
    assert [message["content"] for message in trim(history, tokens=28)] == ["And the next?"]
