"""A conversation outside the page: as Markdown, with whom and when it cites."""

import re
from dataclasses import replace

from assistant import Assistant
from assistant.types import Statement
from assistant.web.chat_pane import conversation_html
from assistant.web.conversations import Conversation, as_markdown

NOTE = """---
title: Keeping bees
author: Ada Lovelace
date: 2024-03-28
---

A queen bee lays about 1,500 eggs a day in early summer.
"""


def conversation() -> Conversation:
    question = "How many eggs does a queen bee lay a day?"
    answer = Assistant.from_texts({"bees.md": NOTE}).ask(question)
    return Conversation().ask(question).settle(answer=answer)


def test_as_markdown_each_citation_has_its_words_its_document_its_author_and_date() -> None:
    text = as_markdown(conversation())
    assert "# How many eggs does a queen bee lay a day?" in text
    assert "[1] Keeping bees › paragraph 1 (bees.md, Ada Lovelace, 2024-03-28)\n> A queen bee lays about" in text


def test_in_the_page_a_source_names_its_author_and_date() -> None:
    assert '<span class="byline"><bdi>Ada Lovelace</bdi>, 2024-03-28</span>' in conversation_html(conversation())


def test_in_the_page_an_answer_says_which_index_it_is_from() -> None:
    assert re.search(r"Index of \d{4}-\d\d-\d\d \d\d:\d\d, 1 document<", conversation_html(conversation()))


def test_a_struck_sentence_is_not_said_again_to_who_writes_the_next_answer() -> None:
    opened = conversation()
    answer = opened.turns[0].answer
    assert answer is not None
    struck = Statement("It has ninety hives.", unsupported="The evidence does not have “ninety”.")
    written = replace(answer, text=f"{answer.text} ~~{struck.text}~~", statements=(*answer.statements, struck))
    assert "ninety" not in opened.settle(answer=written).history()[1]["content"]
    assert "1,500 eggs" in opened.settle(answer=written).history()[1]["content"]
