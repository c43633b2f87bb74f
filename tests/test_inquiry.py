"""Questions after whole documents, and after whatever they say on a topic, are answered in their words."""

import pytest

from assistant import Assistant
from assistant.answering.extractive import MOST_SENTENCES, REFUSAL
from assistant.types import Answer, Message

LIGHTHOUSE = """# The lighthouse of Skerry

The lighthouse of Skerry has guided ships past the reef for two hundred years, and may soon be dark. It is \
31 metres tall.

## Its beginnings

A widow, Anna Malm, built the lighthouse after her husband's ship was lost on the reef. \
She sold her farm to pay for it. The first lamp burned whale oil.

## Its keepers

Twelve keepers have lived in the lighthouse, most of them with their families. The last one left in 1987. \
A machine has lit the lamp since.

## Its future

The lighthouse costs more than the harbour earns, and the council wants to sell it. Three buyers have come to look.

All in all, the lighthouse has outlived its purpose. Its friends will have to find it another one.

## References

The Skerry Herald, 4 May.
"""

RECIPE = """# Bread of the house

This recipe makes two loaves of rye bread in one day. It needs no machine.

Mix the flour, the water and the salt in the morning. The dough rests for six hours under a cloth.

Bake it at night in a hot oven. Let it cool on a rack until morning, or it will crumble.
"""


@pytest.fixture(scope="module")
def lighthouse() -> Assistant:
    return Assistant.from_texts({"lighthouse.md": LIGHTHOUSE})


@pytest.fixture(scope="module")
def both() -> Assistant:
    return Assistant.from_texts({"lighthouse.md": LIGHTHOUSE, "bread.md": RECIPE})


def quotes(answer: Answer) -> str:
    return " ".join(citation.quote for citation in answer.citations)


@pytest.mark.parametrize("question", ["What is this document about?", "Summarise the text, please.", "main points?"])
def test_an_overview_has_sentences_from_all_over_the_document(lighthouse: Assistant, question: str) -> None:
    answer = lighthouse.ask(question)
    assert answer.answered
    assert len(answer.citations) == MOST_SENTENCES
    assert len({citation.heading for citation in answer.citations}) >= 3
    assert "past the reef for two hundred years" in quotes(answer)
    assert [citation.start for citation in answer.citations] == sorted(citation.start for citation in answer.citations)


@pytest.mark.parametrize("question", ["What does the author conclude?", "How does it end?"])
def test_a_conclusion_is_where_the_text_sums_up_before_its_references(lighthouse: Assistant, question: str) -> None:
    assert [citation.quote for citation in lighthouse.ask(question).citations] == [
        "All in all, the lighthouse has outlived its purpose.",
        "Its friends will have to find it another one.",
    ]


def test_a_section_that_concludes_is_the_conclusion() -> None:
    text = (
        "# Bees\n\nBees live in hives. They fly in summer.\n\n## Conclusion\n\nBees need flowers more than hives.\n\n"
    )
    assistant = Assistant.from_texts({"bees.md": f"{text}## Thanks\n\nWe thank the bees for having us.\n"})
    assert quotes(assistant.ask("What is the conclusion?")) == "Bees need flowers more than hives."


def test_of_many_summaries_the_last_is_the_conclusion() -> None:
    chapters = "".join(
        f"# Week {n}\n\nIt rained in week {n}.\n\n## Summary\n\nWeek {n} was wet.\n\n" for n in range(1, 7)
    )
    assistant = Assistant.from_texts({"weeks.md": chapters})
    assert quotes(assistant.ask("What does the document conclude?")) == "Week 6 was wet."


def test_a_conclusion_may_be_a_list() -> None:
    text = "# Heating\n\nWe looked at forty houses. Each had six meters.\n\nStudents read the meters each week.\n\n"
    ends = (
        "## 4. Conclusions\n\n- Every house should change its windows first.\n\n## References\n\nThe Skerry Herald.\n"
    )
    assistant = Assistant.from_texts({"heating.md": text + ends})
    assert "change its windows" in quotes(assistant.ask("What does the report conclude?"))


def test_a_heading_only_looks_like_one_that_sums_up() -> None:
    text = (
        "# Painting\n\nPeople have painted on walls since they had hands.\n\n## Abstract painting\n\nA square is black."
    )
    more = "\n\n## Sources of colour\n\nEarth gives brown.\n\n## Today\n\nPainters use computers.\n"
    told = quotes(Assistant.from_texts({"painting.md": text + more}).ask("What is this document about?"))
    assert "painted on walls" in told
    assert "Earth gives brown." in told


def test_a_summary_of_its_own_is_the_overview() -> None:
    text = "# Bees\n\nIt was a hot day in May.\n\n## Summary\n\nBees need flowers more than hives.\n\n"
    more = "".join(f"## Day {day}\n\nOn day {day} the bees flew out at {day} o'clock.\n\n" for day in range(2, 9))
    assistant = Assistant.from_texts({"bees.md": text + more})
    assert quotes(assistant.ask("Give me the gist")) == "Bees need flowers more than hives."


def test_a_document_that_is_called_overview_is_told_of_as_a_whole() -> None:
    text = "# Overview\n\nThe house is old.\n\n## Roof\n\nIt is made of slate.\n\n## Cellar\n\nIt is full of apples.\n"
    assert "full of apples" in quotes(Assistant.from_texts({"house.md": text}).ask("What is this document about?"))


def test_an_overview_of_several_documents_has_sentences_of_each(both: Assistant) -> None:
    answer = both.ask("What are these documents about?")
    assert {citation.source for citation in answer.citations} == {"lighthouse.md", "bread.md"}


@pytest.mark.parametrize(
    ("question", "source"),
    [
        ("Summarize the lighthouse of Skerry", "lighthouse.md"),
        ("What is the document about the bread of the house about?", "bread.md"),
        ("bread summary", "bread.md"),
        ("Summarise bread.md", "bread.md"),
    ],
)
def test_one_that_is_named_is_told_of_alone(both: Assistant, question: str, source: str) -> None:
    assert {citation.source for citation in both.ask(question).citations} == {source}


def test_so_is_one_that_is_chosen(both: Assistant) -> None:
    answer = both.ask("What is this about?", sources=["bread.md"])
    assert {citation.source for citation in answer.citations} == {"bread.md"}
    assert answer.note == ""


def test_several_documents_end_each_in_its_own_words(both: Assistant) -> None:
    assert {citation.source for citation in both.ask("How do these documents end?").citations} == {
        "lighthouse.md",
        "bread.md",
    }


def test_of_many_documents_it_says_how_many_it_tells_of() -> None:
    texts = {f"note-{number}.txt": f"Note {number} is about the number {number}." for number in range(6)}
    answer = Assistant.from_texts(texts).ask("Summarize the documents")
    assert len(answer.citations) == MOST_SENTENCES
    assert answer.note == "This is of the 4 longest of 6 documents: choose one to ask it alone."


def test_what_a_document_speaks_of_is_not_taken_for_itself() -> None:
    text = (
        "The council met on Monday. It had ordered a report on the bridge. The report was about rust on the bridge.\n"
    )
    assistant = Assistant.from_texts({"meeting.txt": text})
    assert quotes(assistant.ask("What was the report about?")) == "The report was about rust on the bridge."
    assert "The council met on Monday." in quotes(assistant.ask("What is this report about?"))


@pytest.mark.parametrize(
    ("title", "text", "question", "answer"),
    [
        (
            "The Winter War",
            "The Winter War ended with a treaty.\n\nIts forts are museums.",
            "How did it end?",
            "treaty",
        ),
        ("Your account", "To close the account, send a letter.\n\nThank you.", "How do I close the account?", "letter"),
        ("Home insurance", "The sum insured is 400 euros.\n\nThank you.", "What is the sum insured?", "400 euros"),
        ("Errors", "To report an error, write to Anna.\n\nThank you.", "How do I report an error?", "write to Anna"),
        ("Essays", "A summary repeats what matters.\n\nThank you.", "What is a summary?", "repeats what matters"),
        ("Bees", "The main thing to bring is a hat.\n\nThank you.", "What is the main thing to bring?", "a hat"),
    ],
)
def test_what_is_after_a_fact_gets_the_fact(title: str, text: str, question: str, answer: str) -> None:
    found = quotes(Assistant.from_texts({"it.md": f"# {title}\n\n{text}\n"}).ask(question))
    assert answer in found
    assert "Thank you." not in found
    assert "museums" not in found


def test_of_a_document_that_was_told_of_it_may_be_asked_how_it_ends(lighthouse: Assistant) -> None:
    history: list[Message] = [{"role": "user", "content": "What is this document about?"}]
    assert "outlived its purpose" in quotes(lighthouse.ask("How does it end?", history))


def test_what_they_conclude_is_not_what_the_document_does(lighthouse: Assistant) -> None:
    history: list[Message] = [{"role": "user", "content": "Who wants to buy the lighthouse?"}]
    assert "outlived its purpose" not in quotes(lighthouse.ask("What did they conclude?", history))


def test_in_a_conversation_it_is_what_was_spoken_of(lighthouse: Assistant) -> None:
    history: list[Message] = [{"role": "user", "content": "What did Anna Malm sell?"}]
    assert lighthouse.ask("What is it about?", history).searched_for != "What is it about?"
    assert lighthouse.ask("What is the document about?", history).searched_for == "What is the document about?"


HARBOUR = (
    "# The harbour\n\nAnna's letter reached Oslo in June. Two reports were sent to the council. The ferry was sold.\n"
)


@pytest.mark.parametrize(
    "question", ["What did the letter say?", "Summarise the contract", "What does the treaty say?"]
)
def test_what_no_document_is_called_is_not_told_of(question: str) -> None:
    assert not Assistant.from_texts({"harbour.md": HARBOUR}).ask(question).answered


def test_it_is_said_that_no_document_is_called_so() -> None:
    answer = Assistant.from_texts({"harbour.md": HARBOUR}).ask("Summarise the contract")
    assert (answer.answered, answer.note) == (False, "No document is called “contract” here.")


def test_to_sum_up_the_report_is_to_sum_up_the_document_though_it_speaks_of_reports() -> None:
    assert "The ferry was sold." in quotes(Assistant.from_texts({"harbour.md": HARBOUR}).ask("Summarise the report"))


MEETING = """# Notes of the meeting

Present: Anna Malm, Bo Lind.

- The roof will be mended in May, and the cellar after it.
- Bo Lind will ask three firms what they want for it.
- The next meeting is in the boat house, on the first of March.
"""


@pytest.fixture(scope="module")
def office() -> Assistant:
    memo = "# A memo\n\nThe lease ends in June. We should leave the house. The board decides in May.\n"
    mail = "Dear all,\n\nthe ferry is late again today. Please take the bus to the island.\n"
    return Assistant.from_texts({"memo.md": memo, "email to all.txt": mail, "meeting-notes.md": MEETING})


@pytest.mark.parametrize(
    ("question", "source"),
    [
        ("What is the memo about?", "memo.md"),
        ("What’s the subject of the e-mail?", "email to all.txt"),
        ("summarise the e-mails", "email to all.txt"),
        ("What are the key points of the meeting notes?", "meeting-notes.md"),
    ],
)
def test_a_document_is_told_of_by_what_it_is_called(office: Assistant, question: str, source: str) -> None:
    answer = office.ask(question)
    assert {citation.source for citation in answer.citations} == {source}
    assert (answer.confidence, answer.note) == (1.0, "")


def test_of_the_one_that_was_told_of_it_is_told_how_it_ends_whatever_others_say(office: Assistant) -> None:
    history = office.ask("What is the memo about?").messages
    assert {citation.source for citation in office.ask("How does it end?", history).citations} == {"memo.md"}


def test_a_summary_has_as_many_sentences_as_were_asked_for(lighthouse: Assistant) -> None:
    assert len(lighthouse.ask("Summarise the text in two sentences").citations) == 2


def test_what_it_says_is_what_the_document_says_whoever_was_spoken_of(lighthouse: Assistant) -> None:
    history = lighthouse.ask("Who was Anna Malm?").messages
    assert quotes(lighthouse.ask("What does it say about whale oil?", history)) == "The first lamp burned whale oil."


def test_a_courtesy_is_returned_and_cites_nothing(office: Assistant) -> None:
    for said in ("Thanks!", "hello", "Who are you?"):
        answer = office.ask(said)
        assert (answer.answered, answer.citations, answer.passages) == (False, (), ())
        assert answer.text != REFUSAL


def test_it_says_which_documents_there_are(office: Assistant) -> None:
    listed = "A memo (memo.md); Email to All (email to all.txt); Notes of the meeting (meeting-notes.md)"
    text = office.ask("Which documents do you have?").plain
    assert text.startswith("There are 3 documents: ")
    assert sorted(text.removeprefix("There are 3 documents: ").split("; ")) == listed.split("; ")


def test_nor_does_it_say_what_the_document_says_of_a_topic() -> None:
    assistant = Assistant.from_texts({"harbour.md": HARBOUR})
    assert not assistant.ask("What does the letter say about the ferry?").answered
    assert quotes(assistant.ask("What does the text say about the ferry?")) == "The ferry was sold."


def test_a_place_in_its_title_does_not_name_a_document_of_another_kind() -> None:
    assistant = Assistant.from_texts({"skerry.md": "# The lighthouse of Skerry\n\nIt is old. It is tall.\n"})
    assert not assistant.ask("Outline Skerry's policy").answered


def test_after_one_document_was_told_of_it_means_that_one(both: Assistant) -> None:
    history: list[Message] = [{"role": "user", "content": "Summarise the bread of the house"}]
    assert {citation.source for citation in both.ask("How does it end?", history).citations} == {"bread.md"}


@pytest.mark.parametrize("said", ["Hi!", "Thanks!", "Who wrote this document?", "Does it mention wasps?"])
def test_what_was_said_of_nothing_else_leaves_it_the_document(lighthouse: Assistant, said: str) -> None:
    history: list[Message] = [{"role": "user", "content": said}]
    assert lighthouse.ask("Can you summarise it?", history).searched_for == "Can you summarise it?"
    assert len(lighthouse.ask("Can you summarise it?", history).citations) == MOST_SENTENCES


def test_in_a_conversation_this_report_is_the_one_that_was_spoken_of() -> None:
    text = (
        "The council met on Monday. It had ordered a report on the bridge. The report was about rust on the bridge.\n"
    )
    assistant = Assistant.from_texts({"meeting.txt": text})
    history: list[Message] = [{"role": "user", "content": "Which report had the council ordered on the bridge?"}]
    assert quotes(assistant.ask("What is this report about?", history)) == "The report was about rust on the bridge."


@pytest.mark.parametrize("question", ["What does it say about the whale oil?", "Does the text mention whale oil?"])
def test_what_is_said_on_a_topic_is_quoted(lighthouse: Assistant, question: str) -> None:
    assert quotes(lighthouse.ask(question)) == "The first lamp burned whale oil."


def test_what_one_document_says_of_a_topic_is_looked_for_in_that_one() -> None:
    texts = {"handbook.md": "# Handbook\n\nHolidays are in May.\n", "memo.md": "# Memo\n\nThe office closes at noon.\n"}
    assistant = Assistant.from_texts(texts)
    assert quotes(assistant.ask("What does the handbook say about holidays?")) == "Holidays are in May."
    answer = assistant.ask("What does the memo say about holidays?")
    assert not answer.answered
    assert {passage.source for passage in answer.passages} == {"memo.md"}


def test_what_is_under_a_heading_is_on_its_topic(lighthouse: Assistant) -> None:
    answer = lighthouse.ask("What does it say about its keepers?")
    assert {citation.heading for citation in answer.citations} == {"Its keepers"}


PLAN = """# The new boat house

The old boat house was sold in May, and a new one is to be built.

## 1. Next steps

Anna Malm asks three builders. The council votes in June.

## 2. Risks

- Rain delays the roof.
- Wood becomes dearer.
"""


@pytest.mark.parametrize("question", ["What are the next steps?", "List the next steps", "What’s the next step?"])
def test_what_a_heading_says_is_answered_with_what_stands_under_it(question: str) -> None:
    answer = Assistant.from_texts({"plan.md": PLAN}).ask(question)
    assert quotes(answer) == "Anna Malm asks three builders. The council votes in June."


def test_so_is_a_question_that_is_a_heading() -> None:
    text = "# Questions\n\n## May I bring it back?\n\nIn the box, for a month.\n\n## May I swap it?\n\nAt the desk.\n"
    answer = Assistant.from_texts({"questions.md": text}).ask("May I bring it back?")
    assert quotes(answer) == "In the box, for a month."


def test_a_heading_without_a_word_of_meaning_is_what_nobody_asks_for() -> None:
    text = "# The ferry\n\n## Who we are\n\nSix sailors from Holm.\n\n## Tickets\n\nA ticket costs four euros.\n"
    answer = Assistant.from_texts({"ferry.md": text}).ask("How much does a ticket cost?")
    assert quotes(answer) == "A ticket costs four euros."


def test_and_with_all_of_its_list() -> None:
    answer = Assistant.from_texts({"plan.md": PLAN}).ask("What are the risks?")
    assert [citation.quote for citation in answer.citations] == ["- Rain delays the roof.", "- Wood becomes dearer."]


def test_a_topic_that_is_nowhere_is_declined_and_named(lighthouse: Assistant) -> None:
    answer = lighthouse.ask("Does it say anything about lightning rods?")
    assert (answer.text, answer.citations) == (REFUSAL, ())
    assert answer.note == "The documents do not have the words “lightning” or “rods”."
    assert lighthouse.ask("Is Portree mentioned?").note == "The documents never mention “Portree”."


def test_a_topic_of_somebody_who_is_nowhere_is_declined(lighthouse: Assistant) -> None:
    answer = lighthouse.ask("Does the Warren report mention whale oil?")
    assert (answer.answered, answer.note) == (False, "The documents never mention “Warren”.")


def test_what_only_its_heading_puts_on_a_topic_counts_little() -> None:
    text = "# Markets\n\n## Honey\n\nThe sun shone on Monday. The mayor slept. Honey was sold for four euros.\n"
    answer = Assistant.from_texts({"markets.md": text}).ask("What does it say about honey?")
    assert quotes(answer) == "Honey was sold for four euros."


def test_a_topic_that_goes_by_its_acronym_is_not_said_to_be_missing() -> None:
    assistant = Assistant.from_texts({"work.txt": "AI will change the way people work."})
    assert assistant.ask("Does it mention artificial intelligence?").note == ""


def test_an_acronym_is_spelled_out_where_the_text_does() -> None:
    text = "The RLS met in May. It wants a new lamp.\n\nThe Royal Lighthouse Society (RLS) has ninety members.\n"
    assistant = Assistant.from_texts({"society.txt": text})
    assert quotes(assistant.ask("What does RLS stand for?")) == "The Royal Lighthouse Society (RLS) has ninety members."


def test_tables_alone_are_told_of_by_their_rows() -> None:
    assistant = Assistant.from_texts({"prices.csv": "Fruit,Price\nApples,3 euros a kilo\nPears,4 euros a kilo\n"})
    assert assistant.ask("What is this file about?").answered


HIRE = """RULES FOR THE HIRE OF THE HALL

4. BOOKING

4.1 The hall is booked at the desk.

4.2 A booking may be moved once. It costs nothing.

4.3 The hirer must be of age. The clerk may ask for proof.

4.4 A booking may be refused.

7. DEPOSIT

The deposit is 50 dollars for the small room and 90 dollars for the large one, to be paid at the desk in advance.

It is returned within ten days.

8. KEYS

8.1 The keys are kept at the desk, where they are fetched on the day and brought back on the next, before noon.
"""


@pytest.fixture(scope="module")
def hire() -> Assistant:
    return Assistant.from_texts({"hire-rules.txt": HIRE, "lighthouse.md": LIGHTHOUSE})


def test_a_clause_is_given_as_a_whole_and_without_its_neighbours(hire: Assistant) -> None:
    for question in ("What does clause 4.3 say?", "clause 4.3", "What does Clause 4.3 of the hire rules say?"):
        answer = hire.ask(question)
        assert quotes(answer) == "4.3 The hirer must be of age. The clerk may ask for proof.", question


@pytest.mark.parametrize("question", ["What does section 7 say?", "section 7", "Summarise section 7."])
def test_a_section_is_what_stands_under_its_heading(hire: Assistant, question: str) -> None:
    assert {citation.heading for citation in hire.ask(question).citations} == {"7. DEPOSIT"}


@pytest.mark.parametrize("heading", ["## 7. Deposit", "## Section 7: Deposit", "## § 7 Deposit"])
def test_its_heading_may_call_it_so(heading: str) -> None:
    text = f"# Rules\n\n## 6. Keys\n\nThe keys are at the desk.\n\n{heading}\n\nFifty dollars are due.\n"
    assert quotes(Assistant.from_texts({"rules.md": text}).ask("What does section 7 say?")) == "Fifty dollars are due."


def test_what_is_headed_by_another_kind_of_part_is_not_it() -> None:
    text = "# Rules\n\n## Chapter 7\n\nThe keys are at the desk.\n\n## Section 7\n\nFifty dollars are due.\n"
    assert quotes(Assistant.from_texts({"rules.md": text}).ask("What does section 7 say?")) == "Fifty dollars are due."


def test_an_article_among_many_is_found_by_its_number() -> None:
    articles = "".join(f"Article {n}\n\nThe members of room {n * 7 % 50} meet on day {n}.\n\n" for n in range(1, 60))
    assistant = Assistant.from_texts({"statute.txt": articles})
    for number in (3, 12, 41):
        given = quotes(assistant.ask(f"What does article {number} say?"))
        assert f"on day {number}." in given
        assert given.count("The members") == 1


def test_what_a_section_does_not_say_is_declined(hire: Assistant) -> None:
    assert not hire.ask("Which dogs does section 7 allow in the kitchen?").answered


def test_a_clause_that_is_nowhere_is_declined(hire: Assistant) -> None:
    assert not hire.ask("What does clause 9.6 say?").answered


def test_a_number_at_the_beginning_of_a_sentence_numbers_nothing() -> None:
    text = "12 people came to the meeting. They sang.\n\nA 12 metre boat was shown.\n\nThe vote was 7 to 5.\n"
    assert not Assistant.from_texts({"meeting.txt": text}).ask("What does article 12 say?").answered


MINUTES = """# Harbour committee

**Present:** Anna Malm, Tom Berg, the harbour master of Skerry and two guests

## Lighthouse

- The lighthouse of Skerry will be painted in June by volunteers, for the old paint comes off.
- The keeper's house will be let to a painter from Holm, who pays 300 dollars a month.

## Ferry

- The ferry to Holm will sail twice a day from May on, as the school asked.
- The old ferry is for sale, but nobody has made an offer yet for it.

## Money

- The committee has 4,000 dollars left, which will go into the repair of the northern pier.
"""


def test_minutes_made_of_lists_are_not_summed_up_by_who_was_there() -> None:
    answer = Assistant.from_texts({"minutes.md": MINUTES}).ask("What is this document about?")
    assert len(answer.citations) == MOST_SENTENCES
    assert "Present" not in quotes(answer)
    assert len({citation.heading for citation in answer.citations}) > 1


def test_letters_are_not_summed_up_by_who_wrote_them_to_whom() -> None:
    letters = "\n\n----\n\n".join(
        f"From: Anna Malm, keeper of the lighthouse\nTo: Tom Berg, master of the harbour\nDate: Monday, {day} May\n\n"
        f"Dear Tom,\n\nThe lamp of the lighthouse went out on the night of the {day}th. We lit it again with "
        f"{day} litres of whale oil, as there was no paraffin left. Please send us more before the next storm.\n\nAnna"
        for day in (5, 12, 19)
    )
    assistant = Assistant.from_texts({"letters.txt": f"Subject: The lamp of the lighthouse\n\n{letters}\n"})
    given = [citation.quote for citation in assistant.ask("Summarise it").citations]
    assert given
    assert not any(quote.startswith(("Subject:", "From:", "To:", "Date:")) for quote in given)


def test_a_few_lists_beside_prose_are_left_out() -> None:
    text = "# Bees\n\nBees live in hives and fly in summer.\n\nThey sleep in winter.\n\n## Tools\n\n- a smoker\n"
    assert "smoker" not in quotes(Assistant.from_texts({"bees.md": text}).ask("What is this document about?"))
