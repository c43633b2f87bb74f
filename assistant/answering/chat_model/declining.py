"""How a chat model says that it does not know: of itself or of what it was given, not of what that tells about."""

from __future__ import annotations

import re
from typing import Final

_GIVEN: Final = (
    r"((the|this|these|that|any|all|provided|given|quoted|numbered|available|above)\s+)*"
    r"(evidence|documents?|texts?|passages?|information|context|sources?|sentences?|excerpts?|quotations?)\b"
    r"(\s+(provided|given|above|available|itself|alone|here))*"
)
_NOT: Final = (
    r"((\b(do|does|did|can|could|is|are|was|were|am)|['’](m|re))\s+not\b|\b(do|does|did|ca|could|is|are|was|were)n['’]t\b"
    r"|\bcannot\b|(\b(am|is|are|was|were)|['’](m|re))\s+unable\b)"
)
_TELL: Final = (
    r"\b(answer|know|say|sure|certain|clear|mention|specif|provide|contain|include|state|find|found|have|help|given|give"
    r"|available|tell|determine|describe|address|enough|sufficient)"
)
_NO_ANSWER: Final = r"\bno\s+(information|mention|answer|evidence|details?)\b"
_SPEAKER: Final = (
    # At the start, or after words such as "I'm sorry, but" and "Based on the evidence,".
    rf"(^|[,;:]\s*|\b(but|and|so|that|as|since|because)\s+)(i|we|{_GIVEN})(\s+(also|only|simply|still|just|\w+ly))*\s*"
)
_WAYS: Final = (
    rf"{_SPEAKER}({_NOT}.{{0,40}}{_TELL}|\b(have|has|contains?|provides?|gives?)\s+no\b|\bsays?\s+nothing\b)",
    rf"({_NOT}.{{0,20}}{_TELL}|{_NO_ANSWER}).{{0,40}}\b(in|by|from)\s+{_GIVEN}",
    rf"^\W*(\w+,\s+)?there\s+is\s+{_NO_ANSWER}(?<!evidence)",
    rf"^\W*(there\s+is\s+)?{_NO_ANSWER}(\s+(is|was))?(\s+(about|on|for|given|provided|available|found)\b.*)?\W*$",
    r"^\W*((it|this|that|the\s+answer)\s+(is|remains)\s+)?unknown\W*$",
    r"\bi['’]?\s?a?m\s+sorry\b|\bi\s+apologi[sz]e\b",
)
_DECLINES: Final = re.compile("|".join(_WAYS), re.IGNORECASE)


def declines(sentence: str) -> bool:
    """Whether a sentence says that the question is not answered."""
    return bool(_DECLINES.search(sentence))
