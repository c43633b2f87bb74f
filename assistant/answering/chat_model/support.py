"""Which evidence supports a written sentence: what it cites, else other evidence, else one for each of its clauses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from assistant.answering.chat_model.context import Numbered, Place
from assistant.answering.chat_model.grounding import Finding, compare
from assistant.answering.chat_model.marks import Written
from assistant.answering.chat_model.vocabulary import LIGHT
from assistant.answering.chat_model.wording import Wording, wording
from assistant.words import content_words, words

FEWEST_CLAIMS: Final = 2
"""A sentence or clause with fewer words of meaning says nothing that could be checked."""

PROMISING: Final = 0.5
"""The share of a sentence's words that other evidence must have to be compared closely."""

_PRONOUN: Final = re.compile(
    r"\b(he|him|his|she|her|hers|it|its|they|them|their|this|these|that|those|the (former|latter))\b", re.IGNORECASE
)
_NAME: Final = re.compile(r"[A-Z][\w’'-]*(?:\s+(?:of|the|de|von|van|bin|al)?\s*[A-Z][\w’'-]*)*")
_FULL_NAME: Final = re.compile(r"[A-Z][\w’'-]*\s+[A-Z][\w’'-]*")
_JOINT: Final = re.compile(
    r"\s*(?:;|,?\s+(?:and|but|while|whereas|although|though)\b|,\s+(?:who|which)\b)\s*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Support:
    """What verifying a sentence gave.

    Attributes:
        places: What to cite for it, the most telling first; empty where nothing supports it.
        problem: Why nothing does, for the reader; None where something does.
    """

    places: tuple[Place, ...] = ()
    problem: str | None = None


def support(written: Written, evidence: Sequence[Numbered]) -> Support:
    """Looks for what supports a sentence.

    Args:
        written: The sentence, with what it cites.
        evidence: All that the model was given.
    """
    sentence = wording(written.text)
    if sentence.claims < FEWEST_CLAIMS:
        return Support(problem="It says nothing that could be checked.")
    whole = _single(sentence, written.cited, evidence)
    if whole.places:
        return whole
    joined = (_joint(parts, written.cited, evidence) for parts in _clauses(written.text))
    return next((one for one in joined if one.places), whole)


def _ranked(sentence: Wording, cited: Sequence[int], evidence: Sequence[Numbered]) -> list[Numbered]:
    """The evidence worth comparing: what is cited, in that order, then what has many of the sentence's words."""
    by_number = {one.number: one for one in evidence}
    first = [by_number[number] for number in cited if number in by_number]
    shares = {one.number: _shared(sentence, one) for one in evidence}
    others = sorted((one for one in evidence if one not in first), key=lambda one: -shares[one.number])
    return first + [one for one in others if shares[one.number] >= PROMISING]


def _shared(sentence: Wording, one: Numbered) -> float:
    claimed = {word.stem for word in sentence.provable}
    return len(claimed & wording(one.text).stems) / max(1, len(claimed))


def _single(sentence: Wording, cited: Sequence[int], evidence: Sequence[Numbered]) -> Support:
    """The first of some evidence that supports a sentence by itself."""
    best = Finding("The evidence says nothing of it.", found=-1.0)
    for one in _ranked(sentence, cited, evidence):
        finding = compare(sentence, wording(one.text), _antecedents(one))
        if finding.problem is None:
            borrowed = (one.before,) if finding.borrowed and one.before else ()
            return Support((one.place, *borrowed))
        best = max(best, finding, key=lambda candidate: candidate.found)
    return Support(problem=best.problem)


def _joint(parts: tuple[str, str], cited: Sequence[int], evidence: Sequence[Numbered]) -> Support:
    supports = [_single(Wording(part), cited, evidence) for part in parts]
    if not all(one.places for one in supports):
        return Support(problem=next(one.problem for one in supports if one.problem))
    return Support(tuple(dict.fromkeys(place for one in supports for place in one.places)))


def _clauses(text: str) -> Iterator[tuple[str, str]]:
    """The ways to take a sentence apart into two that both say something."""
    for joint in _JOINT.finditer(text):
        parts = text[: joint.start()], text[joint.end() :]
        if all(wording(part).claims > FEWEST_CLAIMS for part in parts):
            yield parts


def _antecedents(one: Numbered) -> frozenset[str]:
    """The names that a pronoun in the evidence may stand for: the first one of the sentence before it.

    After another full name, it stands for that one.
    """
    pronoun = _PRONOUN.search(one.text)
    if one.before is None or pronoun is None or _FULL_NAME.search(one.text, 0, pronoun.start()):
        return frozenset()
    names = (frozenset(content_words(words(match.group()))) for match in _NAME.finditer(one.before.text))
    return next((name for name in names if name and not name <= LIGHT), frozenset())
