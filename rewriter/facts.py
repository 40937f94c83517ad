"""What must never change in a draft: found, masked before the model, restored and compared after it.

A fact is a literal span of the draft: link, e-mail address, phone number, amount, date, time, number, id, macro,
tag, quotation, emoji, or a name. The model only ever sees ``<x0>``, ``<x1>``…, so it cannot alter one; what it can
do is lose, repeat or make up one, which ``compare`` finds. Case endings that are joined by a hyphen ("48213-as",
"12 990 Ft-ot") stay outside the span and may change with the sentence.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from rewriter.marks import Language
from rewriter.names import name_spans

MAX_FACTS = 32
"""Facts that one passage can carry: the model's vocabulary has the marks ``<x0>`` to ``<x31>``."""

_MONTHS = (
    r"(?:január|február|március|április|május|június|július|augusztus|szeptember|október|november|december|"
    r"ianuarie|februarie|martie|aprilie|mai|iunie|iulie|august|septembrie|octombrie|noiembrie|decembrie|"
    r"stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|września|wrzesnia|października|pazdziernika|"
    r"listopada|grudnia|"
    r"January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)"
)
_SHORT_MONTHS = (
    r"(?:jan|febr?|márc|mar|ápr|apr|máj|jún|júl|aug|szept|sept|okt|oct|noi|nov|dec|ian|iun|iul|"
    r"sty|lut|kwi|cze|lip|sie|wrz|paź|lis|gru)"
)
_NUMBER = r"\d{1,3}(?:[ \u00a0\u202f.,]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d+)?"
_SIGN = r"(?:(?<=[ \u00a0(])(?<!\d )[-–−+](?=[\d€$£]))?"
"""A sign; the dash of a range ("2 -3") and that of a list are none."""
_MANY = r"(?:ezer|millió|milliárd|mii|milioane|miliarde|tys\.?|tysi\w+|mln|milion\w*|mld|thousand|million|billion)"
_CURRENCY = (
    r"(?:Ft|forint\w*|HUF|lei|leu|RON|bani|zł\w{0,2}|zl|złot\w+|PLN|gr|groszy|EUR|euro?\w*|USD|GBP|CHF|CZK|dollars?|"
    r"dollár\w*|dolar\w*|pounds?|font|€|\$|£|p\.|(?i:ft|huf|lei|ron|pln|eur|euro|usd|gbp))"
)
_UNITS = (
    r"(?:kg|dkg|g|mg|km/h|km|cm|mm|m²|m2|m³|m3|m|l|dl|ml|GB|MB|TB|kB|Gbps|Mbps|Gb/s|Mb/s|kWh|kW|W|V|Ah|mAh|A|Hz|GHz|"
    r"MHz|°C|°F|″|px|db|szt\.?|buc\.?|pcs|mp|lbs?|oz|ft|mph)"
)
# Romanian joins pronouns by a hyphen, too ("comanda 5520 l-am trimis" holds no litre), Polish shortens
# months ("3 m-ce"), English has letters ("4 V-necks").
_UNIT_END = r"(?!\w|(?<=\s[lmvLMV])-(?:a|am|ai|a[țt]i|au|a[șs]|ar|or|o|i|c\w{1,2})\b|(?<=\s[AVW])-\w{3})"
_TLD = r"(?:hu|ro|pl|com|eu|net|org|io|info|shop|store|app|gov|edu|uk|de|at|biz|online|dev|example|test)"
_FILE = r"(?:pdf|docx?|xlsx?|pptx?|csv|txt|jpe?g|png|gif|heic|mp[34]|zip|rar|exe|apk|xml|json|html?|eml)"

# The first that matches wins. Whatever repeats is bounded, possessive or starts only where a run starts, so that no text
# takes more than linear time.
_PATTERNS: tuple[tuple[str, str], ...] = (
    ("tag", r"</?[A-Za-z][^<>\n]{0,200}>|<!--.{0,200}?-->"),
    (
        "macro",
        r"\{\{(?:[^{}\n]|\{\{[^{}\n]{0,99}\}\}){0,200}\}\}|\$\{[^{}\n]{0,100}\}|\{%[^%\n]{0,100}%\}|\{[A-Za-z_][\w.]{0,60}\}",
    ),
    ("macro", r"%\([A-Za-z_]\w{0,60}\)[sd]|%[sd]\b|\[[^\[\]\n]{1,80}\](?:\([^()\s]{1,300}\))?"),
    ("link", r"(?:https?|ftp)://[^\s<>\"„”“]*[\w/=#&+-]"),
    ("email", r"(?:\bmailto:)?(?<![\w.+-])[\w.+-]++@[\w-]+(?:\.[\w-]+)+"),
    ("id", rf"(?<![\w-])[\w-]++\.{_FILE}\b(?![\w.-]*\w@)|\b[A-Z]:\\[^\s<>\"|?*]{{0,200}}\w"),
    ("link", rf"(?<![A-Za-z0-9-])(?:www\.)?(?:[A-Za-z0-9-]{{2,}}+\.){{1,4}}{_TLD}(?!\w|-\w{{5}})(?:/[^\s<>\"„”“]*[\w/=#&+-]|/)?"),
    ("code", r"`[^`\n]{1,200}`"),
    ("quote", r"„[^„”\"\n]{1,200}[”\"]|“[^“”\n]{1,200}”|«[^«»\n]{1,200}»|»[^«»\n]{1,200}«|\"[^\"\n]{1,200}\""),
    ("iban", r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b"),
    ("emoji", r"[\d#*]\uFE0F?\u20E3"),
    ("card", r"(?:(?<![*•])[*•]{4}[ -]){0,3}(?<![*•])(?:\*{2,}+|•{2,}+)[ -]?\d{4}\b"),
    ("card", r"(?:(?<![xX])[xX]{4}[ -]?){0,3}(?:(?<![xX])[xX]{4,}+|…|\.{3})[ -]?\d{4}\b"),
    ("id", r"\*#?\d[\d*#]{0,20}#|(?<![\w*])\*\d{3,5}\b(?!\*)"),
    ("tag", r"(?<![*\w])\*\*(?=[^\s*])|(?<=[^\s*])\*\*(?![*\w])"),
    ("id", r"\b\d{1,8}/\d{1,2}\.\d{1,2}\.\d{4}\b"),
    ("date", r"\b\d{4}[-./] ?\d{1,2}[-./] ?\d{1,2}\b\.?(?!\d)|\b\d{1,2}[./-]\d{1,2}[./-]\d{4}\b"),
    ("date", rf"\b(?:\d{{4}}\. ?)?{_MONTHS} \d{{1,2}}(?:st|nd|rd|th)?(?:, \d{{4}})?\b(?:\.(?=\s+\w))?"),
    ("date", rf"\b\d{{1,2}}(?:st|nd|rd|th)?\.? (?:of )?{_MONTHS}\b(?:,? \d{{4}}\b)?"),
    ("date", rf"\b(?:\d{{4}}\. ?)?{_SHORT_MONTHS}\. \d{{1,2}}\b|\b\d{{4}}\. ?[IVX]{{1,4}}\. ?\d{{1,2}}\b"),
    ("date", rf"\b\d{{1,2}} {_SHORT_MONTHS}(?:\.? \d{{4}}\b|\.(?=\s+[^\W\d_A-Z])|(?=\.(?!\w)))"),
    ("amount", rf"{_SIGN}(?:\b(?:US|AU|CA))?[€$£] ?(?:{_NUMBER})(?:(?:[kKmM]|bn| {_MANY})(?!\w))?"),
    ("amount", rf"{_SIGN}\b(?:{_NUMBER})(?:,[-–])?(?: {_MANY})?(?: de(?= ))?(?: ?-?(?:[€$£]|{_CURRENCY}(?!\w)))"),
    ("percent", rf"{_SIGN}\b(?:{_NUMBER}) ?%"),
    ("phone", r"\((?:\+?\d{1,3}|0\d{1,3}|06 ?\d{1,2})\) ?\d{3,4}(?:[ .-]\d{2,4}){1,3}\b"),
    ("phone", r"(?:\+|\b00)\d(?:[ \u00a0()/-]{0,2}\d){7,14}\b|\b0\d(?:[ \u00a0/-]?\d){7,9}\b"),
    ("phone", r"\b\d{3}[ -]\d{3}[ -]\d{3}\b(?! ?\d)"),
    ("measure", rf"\b\d+(?:[.,]\d+)?(?:[x×]\d+(?:[.,]\d+)?){{1,3}}(?: ?{_UNITS})?{_UNIT_END}"),
    ("measure", rf"{_SIGN}\b(?:{_NUMBER}) ?{_UNITS}{_UNIT_END}"),
    ("number", rf"{_SIGN}\b(?:{_NUMBER}) {_MANY}(?!\w)"),
    (
        "time",
        r"\b\d{1,2}(?:[:.]\d{2}(?::\d{2})?)?(?: ?[ap]\.m(?:\.(?=\s+[a-z\d]|[,;)]))?| ?[ap]m)(?!\w)|"
        r"\b\d{1,2}[:.]\d{2}(?::\d{2})?(?!\.?\d)\b",
    ),
    ("id", r"\b[A-Z]{1,2}-\d{2,3}-[A-Z]{3}\b|\b(?=[A-Z-]{0,40}\d)[A-Z\d]{4,6}(?:-[A-Z\d]{4,6}){2,8}\b"),
    ("id", r"\b(?=[a-f-]{0,40}\d)[\da-f]{4,12}(?:-[\da-f]{4,12}){1,4}\b|\b[\dA-Fa-f]{1,4}(?:::?[\dA-Fa-f]{1,4}){2,7}\b"),
    ("id", r"\b[A-Z][A-Za-z]{0,20}-[A-Z][a-z]{1,20}_\w*\d\w*"),
    (
        "id",
        r"#\w+(?:[-/]\w+)*|"
        r"\b[A-Z]{1,8}(?:[-/_][A-Z]{1,8}){0,8}[-/_]\d[\dA-Z]*(?:[-/_.][\dA-Z]*\d[\dA-Z]*)*\b",
    ),
    ("id", r"(?<!§)§++ ?\d+(?:[.,]\d+)*|\b\d+(?:[:/]\d+)?\. ?§|\b\d+[.,]\d+/\d+\b|\b\d+\+\d+\b"),
    ("id", r"\bv?\d+(?:\.\d+){2,}\b|\b[A-Za-z]{1,8}\d+[A-Z\d]*(?:[-/.]\d[\dA-Z]*)+\b"),
    ("id", r"\b\d[\dA-Z]*(?:[-/_.:]\d[\dA-Z]*)+\b(?!/\d)|\b\d+/[A-Za-z]\b|\b\d+(?:\([a-z\d]{1,3}\))+"),
    ("number", rf"{_SIGN}(?<=[-–−+])(?:{_NUMBER})(?!\w|[ \u00a0./:-]?\d)|(?<![\w])(?:{_NUMBER})(?!\w)"),
    ("number", r"\d*[½¼¾⅓⅔⅛]"),
    ("id", r"\b\w*\d\w*\b"),
    ("id", r"(?<!\w)\([a-z]\)(?!\w)|(?<![\w@])@\w{2,40}(?:\.\w{1,40})*|\b[A-Z]\+{1,3}(?![\w+])"),
    ("id", r"(?<![\w/])(?:[A-Z]{1,3}|\dX[SL])/(?:[A-Z]{1,3}|\dX[SL])(?![\w/])"),
    (
        "emoji",
        r"(?:[\U0001F000-\U0001FAFF\u2139\u231A-\u23FF\u25B6\u25C0\u2600-\u27BF\u2B05-\u2B55]\uFE0F?\u200D?)+|"
        r"(?<!\w)[:;]-?[)(DPp]+(?!\w)",
    ),
    ("number", r"\d\w*"),
)
_FACT = re.compile("|".join(f"(?P<k{i}>{pattern})" for i, (_, pattern) in enumerate(_PATTERNS)))
MARK = re.compile(r"<x(\d{1,4})>")
"""The model knows 32 marks; the longest draft can hold thousands of facts, and each has to come back."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A literal span of a text.

    Attributes:
        kind: What it is: ``amount``, ``date``, ``link``, ``name``…
        text: The span itself, as written.
        start: Index of its first character in the text.
        end: Index behind its last character.
    """

    kind: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Masked:
    """A text whose facts stand as marks.

    Attributes:
        text: The text with ``<x0>``, ``<x1>``… in place of facts; equal facts have equal marks.
        facts: The literal text of each mark, by its number.
    """

    text: str
    facts: tuple[str, ...]


def find_facts(text: str, *, names: bool = True, language: Language | None = None) -> list[Fact]:
    """Find all facts of a text, left to right, none overlapping another.

    Args:
        text: Any text, of any script and length; may be empty.
        names: Whether capitalised words inside a sentence count as names.
        language: If given, its known names also count at the start of a sentence.

    Returns:
        The facts in order; an empty list for a text without any.
    """
    facts = []
    for match in _FACT.finditer(text):
        kind = _PATTERNS[int((match.lastgroup or "k0")[1:])][0]
        facts.append(Fact(kind, match.group(), match.start(), match.end()))
    if names:
        taken = [(fact.start, fact.end) for fact in facts]
        facts += [Fact("name", text[start:end], start, end) for start, end in name_spans(text, taken, language)]
    return sorted(facts, key=lambda fact: fact.start)


def mask(text: str, known: tuple[str, ...] = (), language: Language | None = None) -> Masked:
    """Put a mark in place of every fact.

    Args:
        text: The text; may be empty.
        known: Facts that already have a mark (those of the draft, when its reply is masked).
        language: As for ``find_facts``.

    Returns:
        The masked text and the facts by number. More than ``MAX_FACTS`` facts give marks above ``<x31>``, which the
        model does not know: the caller splits such a text or leaves it alone.
    """
    numbers = {fact: number for number, fact in enumerate(known)}
    pieces, at = [], 0
    for fact in find_facts(text, language=language):
        number = numbers.setdefault(fact.text, len(numbers))
        pieces += [text[at : fact.start], f"<x{number}>"]
        at = fact.end
    return Masked("".join([*pieces, text[at:]]), tuple(numbers))


def restore(text: str, facts: tuple[str, ...]) -> str:
    """Put the facts back in place of their marks.

    Args:
        text: A text with marks.
        facts: The facts by number, as ``mask`` gave them.

    Returns:
        The text with every known mark replaced; a mark that names no fact stays, and ``compare`` reports it.
    """

    def fact(match: re.Match[str]) -> str:
        number = int(match.group(1))
        return facts[number] if number < len(facts) else match.group()

    return MARK.sub(fact, text)


def compare(draft: str, reply: str) -> list[str]:
    """Say which marks a masked reply lost, made up, or used more often than its masked draft.

    A fact that the draft repeats may be said once: every fact must appear at least once and at most as often as in the
    draft.

    Args:
        draft: The masked draft.
        reply: The masked reply.

    Returns:
        One sentence a fault; an empty list means that all facts are kept.
    """
    before, after = Counter(MARK.findall(draft)), Counter(MARK.findall(reply))
    faults = [f"fact <x{number}> was lost" for number in before if number not in after]
    faults += [f"fact <x{number}> was made up" for number in after if number not in before]
    faults += [f"fact <x{n}> was repeated" for n in after if n in before and after[n] > before[n]]
    return faults
