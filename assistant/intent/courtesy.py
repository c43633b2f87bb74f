"""Whether something is said that asks nothing of what the documents say: a greeting, thanks, what there is to ask."""

from __future__ import annotations

import re
from typing import Final, Literal

Courtesy = Literal["greeting", "thanks", "noted", "farewell", "abilities", "collection"]
"""What is said: the last two ask what the assistant can do, and which documents it has."""

_THANKS: Final = (
    r"(?:many )?(?:thanks|thank you|thx|ty|cheers)(?: (?:a lot|a million|so much|very much|again|everyone|all))?"
)
_FOR: Final = r"(?: for (?:that|this|it|everything|(?:the|your) (?:help|answers?|info|information)))?"
_PRAISE: Final = (
    r"(?:(?:that|this|it)(?:'s| is| was)? )?(?:really |very |so |quite )?"
    r"(?:ok|okay|good|great|nice|cool|perfect|helpful|useful|clear|fine|alright|all right|wonderful|excellent)"
)
_NOTED: Final = r"(?:got it|i see|understood|makes sense|ok|okay|right|well|oh|ah|aha|yes|no|sure)"
_HELLO: Final = (
    r"(?:hi|hello|hey|hiya|greetings|good (?:morning|afternoon|evening|day))(?: (?:there|again|all|everyone))?"
)
_BYE: Final = r"(?:good ?bye|bye(?: bye)?|see you(?: later| soon)?|good night|that's all|that is all)"
_FILES: Final = r"(?:documents?|files?|texts?|sources?|pdfs?)"
_HAVE: Final = (
    r"(?:(?:do|can|did|have) (?:you|i|we) (?:have|know|read|search|see|access|ask|use|answer from|got|uploaded)"
    r"|(?:are|is)(?: (?:there|here|in here|indexed|available|loaded|uploaded|in the index|in the folder))*)"
)
_ABILITIES: Final = (
    r"(?:who|what) are you|what (?:can|do) you (?:do|answer|know)(?: (?:here|for me))*"
    r"|what can i ask(?: (?:here|for|you|about))*|(?:can you )?help(?: me)?"
)
_COLLECTION: Final = (
    rf"(?:what|which|how many)(?: of the)? {_FILES} {_HAVE}(?: about)?"
    rf"|(?:please )?(?:list|show|name)(?: me)?(?: all)?(?: the| your| of the| of your)? {_FILES}(?: you have)?"
)
_PATTERNS: Final[dict[Courtesy, str]] = {
    "thanks": rf"(?:{_PRAISE} )?{_THANKS}{_FOR}(?: {_PRAISE})*",
    "noted": rf"{_PRAISE}|{_NOTED}",
    "farewell": rf"(?:{_THANKS}{_FOR} )?{_BYE}",
    "abilities": _ABILITIES,
    "collection": _COLLECTION,
    "greeting": _HELLO,
}
_SAID: Final = {said: re.compile(rf"(?:(?:{_HELLO}|{_NOTED}) )*(?:{pattern})") for said, pattern in _PATTERNS.items()}
_APART: Final = re.compile(r"[\s,.;:!?…()–—-]+")


def courtesy(question: str) -> Courtesy | None:
    """What is said, where it asks nothing of what the documents say; None where it does.

    Args:
        question: As it was asked.
    """
    plain = _APART.sub(" ", question.casefold().replace("’", "'")).strip()
    return next((said for said, pattern in _SAID.items() if pattern.fullmatch(plain)), None)
