"""What may be asked for."""

from assistant.errors import QuestionError

LONGEST_QUESTION = 2_000
"""Characters; more than that is a text, not a question."""

MOST_PASSAGES = 1_000
"""The most passages that one question may ask for."""


def check_question(question: str) -> str:
    """The question without the white space around it.

    Raises:
        QuestionError: It is blank or too long.
    """
    text = question.strip()
    if not text:
        raise QuestionError("The question is empty; ask something that the documents may answer.")
    if len(text) > LONGEST_QUESTION:
        raise QuestionError(f"The question has {len(text):,} characters; shorten it to {LONGEST_QUESTION:,} or fewer.")
    return text


def check_count(k: int) -> int:
    """The number of passages asked for.

    Raises:
        QuestionError: It is not between 1 and what one question may ask for.
    """
    if not 1 <= k <= MOST_PASSAGES:
        raise QuestionError(f"k is {k}; ask for between 1 and {MOST_PASSAGES:,} passages.")
    return k
