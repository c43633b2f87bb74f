"""A conversation outside the page: as Markdown, with whom and when it cites."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from markdown_it import MarkdownIt

from assistant import Assistant
from assistant.types import Answer, Statement
from assistant.web.chat import converse
from assistant.web.chat_pane import conversation_html
from assistant.web.choice import Choice
from assistant.web.conversations import Conversation, as_markdown

from ..conftest import ScriptedServer

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


HOSTILE = """---
title: The <b>tower</b>
author: "![a](http://example.invalid/a.png)"
---

The Skerry tower is 42 metres tall <img src="http://example.invalid/b.png">.
"""


def test_as_markdown_nothing_that_was_asked_quoted_or_named_is_live() -> None:
    question = "How tall is the <i>Skerry</i>\ntower? ![c](http://example.invalid/c.png)"
    answer = Assistant.from_texts({"<img src=x>.md": HOSTILE}).ask(question)
    noted = replace(answer, note="The chat model said <u>no</u>.")
    failed = Conversation().ask(question).settle(answer=noted).ask("And now?").settle(error="<s>It</s> is gone.")
    html = MarkdownIt("commonmark").render(as_markdown(failed))
    assert re.findall(r"<(?!/?(?:h1|h2|p|em|blockquote)>)[^>]*>", html) == []
    asked = "How tall is the &lt;i&gt;Skerry&lt;/i&gt; tower? ![c](http://example.invalid/c.png)"
    assert f"<h2>{asked}</h2>" in html
    assert (
        "[1] The &lt;b&gt;tower&lt;/b&gt; › paragraph 1 (&lt;img src=x&gt;.md, ![a](http://example.invalid/a.png))"
        in html
    )
    quote = "The Skerry tower is 42 metres tall &lt;img src=&quot;http://example.invalid/b.png&quot;&gt;."
    assert f"<blockquote>\n<p>{quote}</p>\n</blockquote>" in html


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


def test_a_conversation_is_called_by_its_first_question_until_the_user_names_it() -> None:
    opened = Conversation().ask("How many eggs?").before(0).ask("How much honey?").ask("And in winter?")
    assert opened.name == "How much honey?"
    assert replace(opened, title="Bees").name == "Bees"


def test_while_an_answer_is_made_no_other_question_can_be_asked_again() -> None:
    opened = conversation().ask("And in winter?")
    for action in ("retry", "edit"):
        assert f'data-action="{action}"' in conversation_html(opened)
        assert f'data-action="{action}"' not in conversation_html(opened, busy=True)


def test_where_it_cannot_be_noted_nobody_is_asked_what_they_think_of_an_answer() -> None:
    assert 'data-action="like"' in conversation_html(conversation())
    assert 'data-action="like"' not in conversation_html(conversation(), rated=False)


def test_in_the_page_an_answer_is_waited_for_while_the_chat_model_thinks(scripted: ScriptedServer) -> None:
    scripted.replies(
        "<think>They ask about queens.", "</think>A queen bee lays about 1,500 eggs a day in early summer [1]."
    )
    options = {"chat_model": "fake", "chat_model_url": scripted.url}
    assistant = Assistant.from_texts({"bees.md": NOTE}, **options)
    question = "How many eggs does a queen bee lay a day?"
    asked, begun, *_, whole = converse(assistant, Conversation(), question, Choice(), "fake")
    assert begun.turns[0].answer is not None
    for opened, waits in ((asked, True), (begun, True), (whole, False)):
        html = conversation_html(opened, busy=True)
        assert ("Reading the documents" in html, '<div class="answer' in html) == (waits, not waits)


class Overtaken(Assistant):
    """Has its index built anew, from other words, before its answer is handed over."""

    overtaken = True

    def stream(self, *arguments: Any, **options: Any) -> Iterator[Answer]:
        for answer in super().stream(*arguments, **options):
            if self.overtaken:
                (self.settings.documents / "bees.md").write_text("# Bees\n\nOther words.\n", encoding="utf-8")
                self.reindex()
            yield answer


def test_the_digest_of_a_document_is_kept_only_if_it_is_of_the_one_that_answered(assistant: Assistant) -> None:
    question = "How many eggs does a queen bee lay a day?"
    overtaken = Overtaken(assistant.settings.documents, assistant.settings.index)

    def settled() -> Conversation:
        *_, last = converse(overtaken, Conversation(), question, Choice(), overtaken.writers[-1])
        return last

    overtaken.overtaken = False
    digests = settled().turns[0].sha256
    assert digests is not None
    assert digests["bees.md"] == assistant.document("bees.md").sha256
    overtaken.overtaken = True
    turn = settled().turns[0]
    assert turn.answer is not None
    assert turn.answer.citations[0].source == "bees.md"
    assert turn.sha256 == {}
