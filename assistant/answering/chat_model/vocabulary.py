"""Words that the verifier treats apart: those that turn a sentence, that need no proof, and that nothing stands for."""

from __future__ import annotations

from typing import Final

from assistant.words import words

TURNING: Final = frozenset(
    words(
        "before after until without against more most all only every each few both again up down under over above"
        " below first last former latter less fewer least always never off out"
    )
)
"""Function words that a sentence may not have unless its evidence has them."""

LIGHT: Final = frozenset(
    words(
        """according also additionally accordingly answer article author context describe described detail document
        evidence example fact following furthermore however hence held hold include including indicate information
        instance mean meant mention mentioned moreover note noted occur occurred overall passage people person place
        provided question reader refer report said say section show source state stated statement summary take taken
        text therefore thing thus took well yes"""
    )
)
"""Words that need no proof: they speak of the text, or join one sentence to another."""

UNITS: Final = frozenset(
    words(
        """hundred thousand million billion trillion dozen
        second minute hour day week fortnight month year decade century millennium
        inch foot feet yard mile millimetre centimetre metre kilometre acre hectare pint gallon barrel millilitre
        litre ounce milligram gram kilogram ton tonne watt kilowatt megawatt gigawatt volt joule calorie byte
        kilobyte megabyte gigabyte terabyte degree percent cent dollar euro pound yen"""
    )
)
"""Words that are part of the number before them."""

EXACT: Final = UNITS | frozenset(
    words(
        """half third fourth fifth sixth seventh eighth ninth tenth quarter single double triple quadruple twice thrice
        hourly daily weekly monthly quarterly yearly annual weekday weekend season yesterday today tomorrow tonight
        morning noon midday afternoon evening dusk dawn night midnight spring summer autumn winter Monday Tuesday
        Wednesday Thursday Friday Saturday Sunday January February March April June July August September October
        November December
        wife husband widow widower bride groom mother father daughter son sister brother aunt uncle niece nephew
        cousin grandmother grandfather granddaughter grandson girl boy woman women man men queen king princess
        prince
        higher lower larger bigger smaller greater better worse best worst longer shorter taller wider narrower
        deeper shallower thicker thinner faster slower older younger newer earlier later hotter colder warmer cooler
        wetter drier richer poorer stronger weaker heavier lighter cheaper easier harder nearer farther highest
        lowest largest biggest smallest longest shortest oldest youngest newest strongest weakest
        high low large small long short wide narrow old young new early late hot cold wet dry rich poor strong weak
        cheap expensive easy difficult safe dangerous good bad true false alive dead open left right north south
        east west northern southern eastern western upper inner outer internal external public private positive
        negative guilty different import export sold sell seller lender defeat increase decrease majority minority"""
    )
)
"""Words whose opposites, or others of their class, are as near in context as what means the same.

Of a pair, one is enough where the other has true synonyms: sold, which bought must not match, as purchased may.
"""

_ONES: Final = words(
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen"
)
_TENS: Final = words("twenty thirty forty fifty sixty seventy eighty ninety")
NUMBERS: Final = {
    **{stem: str(number) for number, stem in enumerate(_ONES, start=2)},
    **{stem: str(number * 10) for number, stem in enumerate(_TENS, start=2)},
}
"""Number words as digits. Not "one", which mostly counts nothing."""

ABBREVIATED: Final = {
    words(short)[0]: words(full)[0]
    for short, full in (
        ("millimeter", "millimetre"),
        ("centimeter", "centimetre"),
        ("meter", "metre"),
        ("kilometer", "kilometre"),
        ("milliliter", "millilitre"),
        ("liter", "litre"),
        ("mm", "millimetre"),
        ("cm", "centimetre"),
        ("km", "kilometre"),
        ("mg", "milligram"),
        ("kg", "kilogram"),
        ("ft", "feet"),
        ("min", "minute"),
        ("hr", "hour"),
        ("yr", "year"),
    )
}
"""Units of measure that are written in more than one way."""
