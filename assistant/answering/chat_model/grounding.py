"""Does a sentence of evidence say what a written sentence says?

No model of entailment is at hand, so the test is strict: every name, number and word of meaning must be found in the
evidence, by its stem or as a near synonym in context, in nearly the same order, with the same negation, and with no
condition or doubt left out. What passes is close to the evidence's own words; what is true but put in quite other words
does not pass.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from assistant.answering.chat_model.wording import Word, Wording, clauses, negated, requalified, unreserved
from assistant.types import Span

SYNONYM: Final = 0.7
"""The cosine from which on two words in context mean the same."""

NEAR: Final = 0.5
"""The cosine from which on two sentences are about the same."""

ORDER: Final = 0.81
"""The share of the words that must stand in the evidence in the same order; all names and the subject must."""

DENSITY: Final = 0.4
"""The share that the sentence must have of the words of the stretch of evidence that corresponds to it."""

MARGIN: Final = 3
"""Words beside that stretch in which a negation or a condition still belongs to it."""

SAME_STEM: Final = 5
"""Letters that words have in common at their beginning when they are of one family, such as Japan and Japanese."""

_COPULA: Final = re.compile(r"\b(?:is|are|was|were)\b", re.IGNORECASE)
_ADVERBIAL: Final = re.compile(r"\s*(in|on|at|during|after|before|by|for|from|since|until|with|under)\b", re.IGNORECASE)
_DIVIDING: Final = re.compile(r"[,;:()–—]|['’]s\b")

Places = Mapping[Word, list[int]]
"""Where the evidence has each word of a sentence: the numbers of its words, from 0."""

_PASSIVE: Final = re.compile(r"^(.*?)\b(?:is|are|was|were|been|being|be)\b(.*?)\bby\b(.*)$", re.IGNORECASE | re.DOTALL)
_PLAIN: Final = str.maketrans({"‘": "'", "’": "'", "[": "(", "]": ")"})


@dataclass(frozen=True, slots=True)
class Finding:
    """What comparing a sentence with evidence gave.

    Attributes:
        problem: Why the evidence does not support it, for the reader; None where it does.
        found: The share of its words that the evidence has.
        borrowed: Whether a name is from the sentence before the evidence.
    """

    problem: str | None
    found: float = 1.0
    borrowed: bool = False


def compare(sentence: Wording, evidence: Wording, antecedents: frozenset[str]) -> Finding:
    """Compares a written sentence with one of the evidence.

    Args:
        sentence: What was written.
        evidence: What it may rest on.
        antecedents: Stems of names that a pronoun of the evidence may stand for.
    """
    places = _all_places(sentence, evidence)
    missing = [word for word in sentence.provable if word not in places]
    lacking = [word for word in missing if word.stem not in antecedents]
    problem = _lacks(lacking) or _misquotes(sentence, evidence) or _turns(sentence, evidence, places)
    found = 1 - len(lacking) / max(1, len(sentence.provable))
    return Finding(problem, found, borrowed=bool(missing))


def _all_places(sentence: Wording, evidence: Wording) -> Places:
    found = {
        word: _places(index, word, sentence, evidence)
        for index, word in enumerate(sentence.words)
        if word.kind != "light"
    }
    return {word: places for word, places in found.items() if places}


def _places(index: int, word: Word, sentence: Wording, evidence: Wording) -> list[int]:
    """Where the evidence has a word, by its stem, its family or, unless only itself will do, its meaning."""
    same = [
        place for place, other in enumerate(evidence.words) if other.stem == word.stem and word.measure <= other.measure
    ]
    if same or word.kind in ("number", "turning", "light"):
        return same
    family = [place for place, other in enumerate(evidence.words) if _related(word.stem, other.stem)]
    if family or word.kind == "name" or word.exact:
        return family
    likeness = evidence.vectors @ sentence.vectors[index]
    return [
        place for place, other in enumerate(evidence.words) if likeness[place] >= SYNONYM and _may_mean(word, other)
    ]


def _may_mean(word: Word, other: Word) -> bool:
    """Whether a word of the evidence that is near in context may be a synonym: not legal for illegal."""
    shorter, longer = sorted((word.text.casefold(), other.text.casefold()), key=len)
    return other.kind == "content" and not other.exact and not longer.endswith(shorter)


def _related(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) >= SAME_STEM and longer.startswith(shorter[: max(SAME_STEM, len(shorter) - 1)])


def _lacks(words: Sequence[Word]) -> str | None:
    worst = sorted(words, key=lambda word: ("number", "name", "content", "turning").index(word.kind))
    return f"The evidence does not have “{worst[0].text}”." if worst else None


def _misquotes(sentence: Wording, evidence: Wording) -> str | None:
    said = _plain(evidence.text)
    wrong = (quotation for quotation in sentence.quotations if _plain(quotation).strip(" ,.") not in said)
    return next((f"The evidence does not have the words “{quotation}”." for quotation in wrong), None)


def _misorders(sentence: Wording, evidence: Wording, places: Places) -> bool:
    """Whether the evidence puts the same words in another relation: who did it, and to whom."""
    passive = _PASSIVE.match(sentence.text)
    if passive and not _PASSIVE.match(evidence.text):
        patient, action, actor = passive.groups()
        active = Wording(f"{actor.strip(' .')} {action} {patient}")
        places = _all_places(active, evidence)
    fixed = {
        word
        for word, options in places.items()
        if word.kind == "name" or any(evidence.words[place].kind == "name" for place in options)
    }
    if not _ADVERBIAL.match(sentence.text):
        fixed.update(list(places)[:1])
    kept = _in_order(places, fixed)
    return len(kept) < ORDER * len(places) or not kept.issuperset(fixed)


def _names_as(sentence: Wording, evidence: Wording, places: Places) -> bool:
    """Whether someone is said to be what the evidence calls them in passing, such as Prime Minister Fumio Kishida."""
    if len(places) < len(sentence.provable) or not _COPULA.search(sentence.text):
        return False
    first, last = _stretch(list(places.values()))
    between = evidence.text[evidence.words[first].start : evidence.words[last].end]
    return last - first < len(places) and not _DIVIDING.search(between)


def _turns(sentence: Wording, evidence: Wording, places: Places) -> str | None:
    """Why the corresponding stretch of the evidence says something else than the sentence; None where it does not."""
    if not places:
        return "The evidence says nothing of it."
    first, last = _stretch(list(places.values()))
    if _names_as(sentence, evidence, places):
        # Whatever is said of Prime Minister Fumio Kishida, or not said, that is who he is.
        titled = all(word.text[0].isupper() for word in evidence.words[first : last + 1])
        return _weakens(sentence, evidence, first, last, margin=0 if titled else MARGIN)
    if _misorders(sentence, evidence, places):
        return "The evidence puts these words in another relation."
    within = [word for word in evidence.words[first : last + 1] if word.kind != "light"]
    if len(places) < DENSITY * len(within) or _mixes(sentence, evidence, places) or _skips(evidence, places):
        return "The evidence says these words of different things."
    return _weakens(sentence, evidence, first, last, MARGIN)


def _weakens(sentence: Wording, evidence: Wording, first: int, last: int, margin: int) -> str | None:
    """Why a stretch of the evidence takes back what the sentence says, or says it with reserve; None where it does not.

    Args:
        sentence: What was written.
        evidence: What it may rest on.
        first: The number of the stretch's first word.
        last: The number of its last word.
        margin: How many words before it belong to it.
    """
    before = evidence.words[max(0, first - margin)].start
    after = evidence.words[last].end
    stretch = evidence.text[before:after]
    if negated(sentence.text) != negated(stretch):
        return "The evidence says whether it is so differently."
    beyond = evidence.words[last + 1 : last + 1 + MARGIN]
    following = evidence.text[after : beyond[-1].end] if beyond else ""
    if unreserved(sentence.text, stretch, following, evidence.text):
        return "The evidence does not say it without reserve."
    called = Span(evidence.words[first].start, after)
    if _COPULA.search(sentence.text) and requalified(sentence.text, evidence.text, called):
        return "The evidence does not call it that without reserve."
    if float(sentence.vector() @ evidence.vector(first, last)) < NEAR:
        return "The evidence is about something else."
    return None


def _mixes(sentence: Wording, evidence: Wording, places: Places) -> bool:
    """Whether words of more clauses of the evidence are brought together than the sentence has clauses.

    The evidence's words up to the first one that is no name do not count: a subject is said once for all that it does.
    """
    spans = clauses(evidence.text)
    of_word = [next(n for n, span in enumerate(spans) if word.start < span.end) for word in evidence.words]
    subject = next((n for n, word in enumerate(evidence.words) if word.kind == "content"), 0) + 1
    options = [{of_word[place] for place in own if place >= subject} for own in places.values() if min(own) >= subject]
    touched: set[int] = set()
    for own in sorted(options, key=len):
        if not own & touched:
            touched.add(min(own))
    return len(touched) > len(clauses(sentence.text))


def _skips(evidence: Wording, places: Places) -> bool:
    """Whether a number of the sentence goes with another in the evidence, as where a list has one for each year.

    That is where the evidence has, between two numbers of the sentence, one of the later one's kind that is not its.
    """
    numbers = [own for word, own in places.items() if word.kind == "number"]
    if not numbers:
        return False
    first, last = _stretch(numbers)
    had = {place for own in numbers for place in own}
    between = [n for n in range(first, last + 1) if evidence.words[n].kind == "number"]
    pairs = ((one, later) for one in between for later in between if one < later and one not in had and later in had)
    return any(evidence.words[one].counts_like(evidence.words[later]) for one, later in pairs)


def _in_order(places: Places, fixed: set[Word]) -> set[Word]:
    """The words of the best sequence that stands in the same order in the evidence; the fixed ones count most."""
    ends: dict[int, tuple[int, tuple[Word, ...]]] = {}
    for word, options in places.items():
        weight = len(places) if word in fixed else 1
        reached = {}
        for place in options:
            gain, words = max((ends[end] for end in ends if end < place), default=(0, ()), key=lambda end: end[0])
            reached[place] = (gain + weight, (*words, word))
        for place, end in reached.items():
            ends[place] = max(ends.get(place, (0, ())), end, key=lambda end: end[0])
    return set(max(ends.values(), default=(0, ()), key=lambda end: end[0])[1])


def _stretch(places: Sequence[list[int]]) -> tuple[int, int]:
    """The shortest stretch of the evidence that has every word, as its first and last word."""
    labels = sorted((place, index) for index, options in enumerate(places) for place in options)
    best = (labels[0][0], labels[-1][0])
    counts: dict[int, int] = {}
    left = 0
    for place, index in labels:
        counts[index] = counts.get(index, 0) + 1
        while len(counts) == len(places):
            first, leaving = labels[left]
            if place - first < best[1] - best[0]:
                best = (first, place)
            counts[leaving] -= 1
            if not counts[leaving]:
                del counts[leaving]
            left += 1
    return best


def _plain(text: str) -> str:
    return " ".join(text.translate(_PLAIN).casefold().split())
