"""What a question is after is told by its words: whole documents, how they end, a topic, or else a fact."""

import pytest

from assistant.intent import LONGEST, Acronym, Called, Courtesy, Numbered, Topic, Whole, courtesy, intent


@pytest.mark.parametrize(
    "question",
    [
        "What is this document about?",
        "what's it about",
        "Please summarise the article in three sentences.",
        "summary?",
        "TL;DR",
        "Can you give me a quick overview of the main points?",
        "What are the key takeaways?",
        "What is the memo’s main argument?",
        "Which topics does this handbook cover?",
        "What does this e-mail say?",
        "Write a concise executive summary, in bullet points",
        "Tell me about the document",
        "List the main points",
        "What's in this document?",
        "What is the subject of this text?",
    ],
)
def test_an_overview_is_asked_for_in_many_words(question: str) -> None:
    asked = intent(question)
    assert isinstance(asked, Whole)
    assert (asked.part, asked.called.named) == ("overview", frozenset())


@pytest.mark.parametrize(
    "question",
    [
        "What does the author conclude?",
        "How does the report end?",
        "What's the bottom line?",
        "On what note does the article end?",
        "What conclusions does this study draw?",
        "What is the last word of the essay?",
    ],
)
def test_so_is_a_conclusion(question: str) -> None:
    asked = intent(question)
    assert isinstance(asked, Whole)
    assert (asked.part, asked.called.named) == ("conclusion", frozenset())


def test_a_document_may_be_named() -> None:
    asked = intent("Summarize the report on the lighthouses of Skerry")
    assert isinstance(asked, Whole)
    assert asked.called.named == {"lighthous", "skerri"}
    assert asked.called.kinds == {"report"}


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("What does it say about the oil lamps?", "the oil lamps"),
        ("Does the report mention Anna Malm?", "Anna Malm"),
        ("Is the storm mentioned anywhere?", "the storm"),
        ("Is there anything about visitors in it?", "visitors"),
        ("Tell me about whale oil", "whale oil"),
        ("Do the ferries come up in the text?", "the ferries"),
        ("Can you tell me what the document says about paraffin?", "paraffin"),
        ("Does it mention anything about bees?", "bees"),
        ("Does the text mention a plan?", "a plan"),
        ("Tell me about the author", "the author"),
    ],
)
def test_a_topic_is_asked_for(question: str, topic: str) -> None:
    asked = intent(question)
    assert isinstance(asked, Topic)
    assert asked.text == topic


@pytest.mark.parametrize(
    ("question", "letters"),
    [("What does DPRK stand for?", "DPRK"), ("what is the U.N. short for", "U.N."), ("NATO meaning?", "NATO")],
)
def test_what_an_acronym_stands_for_is_asked_for(question: str, letters: str) -> None:
    assert intent(question) == Acronym(letters)


@pytest.mark.parametrize(
    ("question", "kind", "number"),
    [
        ("What does clause 4.3 say?", "clause", "4.3"),
        ("section 7", "section", "7"),
        ("Summarise Article 12.", "article", "12"),
        ("Quote rule no. 3", "rule", "3"),
        ("What is § 12.1 about?", "section", "12.1"),
        ("What is said in point 2?", "point", "2"),
    ],
)
def test_a_numbered_part_is_asked_for(question: str, kind: str, number: str) -> None:
    assert intent(question) == Numbered(kind, number, Called())


def test_the_document_that_has_the_part_may_be_named() -> None:
    named = Called(kinds=frozenset({"policy"}), named=frozenset({"lighthous"}), as_text=True)
    assert intent("What does section 7 of the lighthouse policy say?") == Numbered("section", "7", named)


def test_something_in_the_part_may_be_asked_for() -> None:
    assert intent("Who is the one to whom clause 4.3 applies?") == Numbered("clause", "4.3", None)


@pytest.mark.parametrize(
    "question",
    [
        "Why did the article sell 3,000 copies?",
        "Did it fall to section 5%?",
        "Who wrote this document?",
        "When does the contract end?",
        "How long is the text?",
        "Why did the talks end?",
        "Is it a good article?",
        "What did Anna Malm say about the lamps?",
        "What is her main argument?",
        "What does it say about when the harbour froze?",
        "What was said (Does it mention paraffin)",
        "What does HE mean by that?",
        "What is TLS?",
        "What do bees do?",
        "What is an executive summary?",
        "What makes a good conclusion?",
        "What is the most important thing to bring?",
        "Does it mention anything else?",
        "How do I close the file?",
        "How can I report it?",
        "What is the email address of the author?",
        "What should I do last?",
        "What was the verdict?",
        "What is the sum insured?",
        "What conclusion did they draw?",
        "Did the tax appear in 1830?",
        "Was the tax brought up in parliament?",
        "Thanks!",
        "Hello, can you help me?",
        "In two sentences, please",
        "?",
        "Summarise the report. " * (1 + LONGEST // 22),
    ],
)
def test_all_else_asks_for_a_fact(question: str) -> None:
    assert intent(question) is None


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Hi", "greeting"),
        ("Good morning!", "greeting"),
        ("thanks", "thanks"),
        ("OK, thank you very much for your help!", "thanks"),
        ("Thanks, that’s helpful", "thanks"),
        ("great", "noted"),
        ("I see.", "noted"),
        ("thanks, bye", "farewell"),
        ("Hi there, who are you?", "abilities"),
        ("What can I ask?", "abilities"),
        ("what documents do you have?", "collection"),
        ("How many files are there?", "collection"),
        ("List all the documents", "collection"),
    ],
)
def test_a_courtesy_asks_nothing_of_the_documents(question: str, said: Courtesy) -> None:
    assert courtesy(question) == said


@pytest.mark.parametrize(
    "question",
    [
        "What documents are needed for a visa?",
        "How many files are there in the archive?",
        "Who are you going to vote for?",
        "How does it work?",
        "What can I do?",
        "Thanks to whom was the bridge built?",
        "Great Britain?",
        "",
    ],
)
def test_what_only_begins_like_one_is_none(question: str) -> None:
    assert courtesy(question) is None


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("Summarise it in two sentences", 2),
        ("What are the three main points?", 3),
        ("Summarise the document in 5 bullet points", 5),
        ("Summarise the text", None),
        ("Summarise it in 100 words", None),
    ],
)
def test_how_many_sentences_are_asked_for(question: str, count: int | None) -> None:
    asked = intent(question)
    assert isinstance(asked, Whole)
    assert asked.sentences == count
