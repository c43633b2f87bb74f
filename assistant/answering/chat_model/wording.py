"""A sentence as the verifier sees it: its words in order, which of them must be proven, and which turn its meaning."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Final

import numpy as np

from assistant.answering.chat_model.vocabulary import ABBREVIATED, EXACT, LIGHT, NUMBERS, TURNING, UNITS
from assistant.answering.question import NEGATION
from assistant.embedding import TextTokens, shared_embedder, unit
from assistant.hyphens import join_hyphens
from assistant.settings import DEFAULT_MODEL
from assistant.types import Span
from assistant.words import content_words, words

_TOKEN: Final = re.compile(r"\d[\d,.]*\d|[^\W_]+(?:['’][^\W\d_]+)*")
_YEAR: Final = re.compile(r"1\d{3}|20\d{2}")
_MINUS: Final = re.compile(r"(?<!\w)[-−–]$")
_SIGN: Final = re.compile(r"([$€£¥])\s?[-−–]?$")
_UNIT: Final = re.compile(
    r"\s?([%°])|([\s-](hundred|thousand|million|billion|trillion))?(\s[A-Z][\w.]*)?"
    r"[\s-](?P<name>dollar|euro|pound|yen|percent|per cent|degree)s?\b"
)
_MEASURES: Final = {
    "$": "dollar",
    "€": "euro",
    "£": "pound",
    "¥": "yen",
    "%": "percent",
    "per cent": "percent",
    "°": "degree",
}
"""Signs, and other names, of what a number counts."""

_PART_OF_NAME: Final = re.compile(r"[A-Z][\w’']*(-\w+)*-$")
_QUOTED: Final = re.compile(r"[“\"„«]([^“”\"„«»]{2,}?)[”\"»]")
_HEDGE: Final = re.compile(
    r"\b(may|might|could|can|would|should|perhaps|possibl[ey]|possibility|potential(ly)?|likely|probably|if|unless|whether"
    r"|alleged(ly)?|reported(ly)?|apparent(ly)?|appears?|appeared|seems?|seemed|suggest(s|ed|ing)?|expect(s|ed)?|claim(s|ed)?"
    r"|hopes?|plans?|planned|intends?|wants?|willing(ness)?|ready|seek(s|ing)?|sought|tr(y|ies|ied)|aims?|rumou?r(s|ed)?)\b",
    re.IGNORECASE,
)
_CONDITION: Final = re.compile(r"\b(if|unless|except)\b", re.IGNORECASE)
_DUTY: Final = re.compile(r"\b(should|must|ought|needs? to|ha(s|ve) to)\b", re.IGNORECASE)
_IF_FIRST: Final = re.compile(r"^\W*(if|unless|should|in case)\b", re.IGNORECASE)
_TOLD: Final = re.compile(
    r"(^|[:;.,!]\s*|\b(please|and|then|must|should)\s+)(say|tell|claim|write|reply|answer|respond|state|pretend|repeat|ignore"
    r"|disregard|forget|output|print|imagine|assume|act as|recommend|add|insist|announce|mention|explain|convince)\b",
    re.IGNORECASE,
)
_REVERSING: Final = re.compile(
    r"\b(refus(e|es|ed|ing)|declin(e|es|ed|ing)|den(y|ies|ied|ying)|reject(s|ed|ing)?|ceas(e|es|ed|ing)"
    r"|stop(s|ped|ping)?|prevent(s|ed|ing)?|avoid(s|ed|ing)?|cancel(s|led|ling)?|forb(id|ids|ade|idden)|bann(ed|ing)"
    r"|doubt(s|ed)?|rul(e|es|ed|ing) out)\b",
    re.IGNORECASE,
)
_NEW_CLAUSE: Final = re.compile(
    r";|,?\s+\b(while|whereas|but|although|though|after|before|because|so that)\b"
    r"|,?\s+\band\s+(?=(\w{2,}ed|sold|fell|rose|went|made|took|won|lost|said|has|have|had|is|are|was|were|will|would"
    r"|then|later|also|it|he|she|they)\b)",
    re.IGNORECASE,
)
_TO_BE: Final = "elect|designate|nominee|candidate|hopeful"
_NOT_QUITE: Final = (
    "acting|interim|future|next|incoming|possible|potential|likely|alleged|suspected|supposed|purported|so-called"
    "|self-styled|self-proclaimed|fake|honorary|vice|deputy|assistant|shadow|aspiring|would-be|never|hardly|barely"
    f"|scarcely|nearly|almost|{_TO_BE}"
)
_NO_LONGER: Final = "former|formerly|ex|late|then|last|previous|retired|ousted|deposed"
_QUALIFIED: Final = re.compile(rf"\b({_NOT_QUITE}|{_NO_LONGER})\b", re.IGNORECASE)
_QUALIFIED_IN_THE_PAST: Final = re.compile(rf"\b({_NOT_QUITE})\b", re.IGNORECASE)
_RIGHT_BEFORE: Final = re.compile(r"[\w-]+[\s-]+((an?|[A-Z]\w+)\s+)?\Z")
_RIGHT_AFTER: Final = re.compile(rf"[\s-]*({_TO_BE})\b", re.IGNORECASE)
_PAST: Final = re.compile(r"\b(was|were)\b", re.IGNORECASE)
_PARTS: Final = re.compile(r"\b(?:others?|only|most|few|some|rest|partly)\b")


@dataclass(frozen=True, slots=True)
class Word:
    """A word in its sentence.

    Attributes:
        text: As it stands.
        stem: Normalised; a number word as digits.
        kind: What must be shown of it: that the evidence has this "number", "name" or "turning" word, that it has a
            word of this "content", or, for a "light" one, nothing.
        start: Where it begins in the sentence.
        end: Where it ends, exclusive.
        measure: Of a number: the signs and words beside it that are part of it: "dollar", "million", "hour".
        exact: Whether no near synonym may stand for it: what a number counts, or a word whose opposite is as near.
    """

    text: str
    stem: str
    kind: str
    start: int
    end: int
    measure: frozenset[str] = frozenset()
    exact: bool = False

    def counts_like(self, other: Word) -> bool:
        """Whether two numbers are of one kind: of one measure, and both years or neither."""
        years = {bool(_YEAR.fullmatch(word.text)) for word in (self, other)}
        return self.measure == other.measure and len(years) == 1


class Wording:
    """A sentence, taken apart."""

    def __init__(self, text: str) -> None:
        """Takes a sentence apart.

        Args:
            text: One sentence, or a clause of one.
        """
        self.text = join_hyphens(text)
        self.words = tuple(_words(self.text))
        self.stems = frozenset(word.stem for word in self.words)
        self.quotations = tuple(_QUOTED.findall(self.text))

    @cached_property
    def provable(self) -> tuple[Word, ...]:
        """The words that must be found in the evidence, in order."""
        return tuple(word for word in self.words if word.kind != "light")

    @cached_property
    def claims(self) -> int:
        """How many different words carry its meaning; none do where it is but a name."""
        carrying = {word.stem for word in self.words if word.kind in ("number", "name", "content")}
        return len(carrying) if any(word.kind in ("number", "content") for word in self.words) else 0

    @cached_property
    def vectors(self) -> np.ndarray:
        """For each word a unit vector, from the model's reading of the whole sentence: float32, (words, dimensions)."""
        tokens = _tokens(self.text)
        rows = [tokens.within(word.start, word.end) for word in self.words]
        width = tokens.vectors.shape[1]
        means = [row.mean(axis=0) if len(row) else np.zeros(width, dtype=np.float32) for row in rows]
        return unit(np.array(means, dtype=np.float32).reshape(-1, width))

    def vector(self, first: int = 0, last: int | None = None) -> np.ndarray:
        """A stretch's unit vector: float32, (dimensions,).

        Args:
            first: The number of its first word, from 0.
            last: The number of its last word; else the sentence's last one.
        """
        return np.asarray(unit(self.vectors[first : None if last is None else last + 1].mean(axis=0, keepdims=True))[0])


def negated(text: str) -> bool:
    """Whether a stretch of text says that something is not so, or not done."""
    return bool(NEGATION.search(text) or _REVERSING.search(text))


def clauses(text: str) -> list[Span]:
    """The stretches of a sentence that each have a verb of their own, as far as its words tell."""
    cuts = [0, *(match.start() for match in _NEW_CLAUSE.finditer(text)), len(text)]
    return [Span(start, end) for start, end in pairwise(cuts)]


def unreserved(said: str, evidence: str, following: str, whole: str) -> bool:
    """Whether something is said with less reserve than the evidence has.

    Args:
        said: A sentence.
        evidence: What says the same.
        following: What goes on after it.
        whole: The whole sentence of the evidence.
    """
    return (
        bool(_TOLD.search(whole) and not _TOLD.search(said))
        or bool(_IF_FIRST.search(whole) and not _CONDITION.search(said))
        or bool(_HEDGE.search(evidence) and not _HEDGE.search(said))
        or bool(_CONDITION.search(f"{evidence} {following}") and not _CONDITION.search(said))
        or bool(_DUTY.search(said) and not _DUTY.search(evidence))
        or any(word not in said for word in _PARTS.findall(evidence))
    )


def requalified(said: str, evidence: str, called: Span) -> bool:
    """Whether something is said to be what the evidence says it no longer is, or is not quite: a former or alleged one.

    Args:
        said: A sentence that says what something is.
        evidence: A sentence of the evidence.
        called: Where that calls it so; one more name or article may be between this and the word before.
    """
    before = _RIGHT_BEFORE.search(evidence[: called.start])
    after = _RIGHT_AFTER.match(evidence[called.end :])
    start = before.start() if before else called.start
    end = called.end + (after.end() if after else 0)
    # Who was president may be the former one.
    qualified = _QUALIFIED_IN_THE_PAST if _PAST.search(said) else _QUALIFIED
    return not _folded(qualified, evidence[start:end]).issubset(_folded(qualified, said))


@lru_cache(maxsize=1024)
def wording(text: str) -> Wording:
    """A sentence, taken apart; kept, for evidence is compared again and again."""
    return Wording(text)


def _folded(pattern: re.Pattern[str], text: str) -> set[str]:
    return {match.group().casefold() for match in pattern.finditer(text)}


def _words(text: str) -> list[Word]:
    found: list[Word] = []
    named = Span(0, 0)
    for match in _TOKEN.finditer(text):
        for spelt in words(match.group()):
            stem = NUMBERS.get(spelt) or ABBREVIATED.get(spelt, spelt)
            kind = _kind(match, spelt, stem, first=not found)
            measure: frozenset[str] = frozenset()
            counted = _counted(found, match)
            if kind == "number":
                measure, named = _measure(match)
                stem = f"-{stem}" if _MINUS.search(text, 0, match.start()) else stem
            elif named.start <= match.start() < named.end:
                kind = "light"
            elif counted and stem in UNITS:
                found[-1] = replace(found[-1], measure=found[-1].measure | {stem})
            exact = counted or stem in EXACT
            found.append(Word(match.group(), stem, kind, match.start(), match.end(), measure, exact))
    return found


def _counted(before: list[Word], match: re.Match[str]) -> bool:
    """Whether a word is what the number right before it counts."""
    if not before or before[-1].kind != "number":
        return False
    return match.string[before[-1].end : match.start()] in (" ", "-")


def _measure(number: re.Match[str]) -> tuple[frozenset[str], Span]:
    """What a number counts, as a sign or a word for one says it, and where that word is."""
    before = _SIGN.search(number.string, 0, number.start())
    after = _UNIT.match(number.string, number.end())
    said = before[1] if before else (after[1] or after["name"]) if after else ""
    measure = frozenset([_MEASURES.get(said, said)] if said else [])
    return measure, Span(*after.span("name")) if after else Span(0, 0)


def _kind(match: re.Match[str], stem: str, number: str, *, first: bool) -> str:
    if number[0].isdigit():
        return "number"
    if stem in TURNING:
        return "turning"
    if stem in LIGHT or not content_words([stem]):
        return "light"
    named = match.group()[0].isupper() and not first
    return "name" if named or _PART_OF_NAME.search(match.string, 0, match.start()) else "content"


@lru_cache(maxsize=1024)
def _tokens(text: str) -> TextTokens:
    return shared_embedder(DEFAULT_MODEL).token_vectors([text])[0]
