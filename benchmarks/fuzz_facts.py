"""Looks for texts that break the masking of facts: random mixtures of fact shapes, words of four languages and noise.

    python benchmarks/fuzz_facts.py --seconds 300 --seed 7

Prints every counterexample, how many texts were tried and the slowest of them; exits with 1 if there was any.
"""

from __future__ import annotations

import argparse
import re
import time
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from random import Random

from rewriter.facts import compare, find_facts, mask, restore
from rewriter.marks import LANGUAGES, MARK_PATTERN, Language

SLOWEST = 0.25
"""Seconds that a text of up to ``LONGEST`` characters may take."""
LONGEST = 4_000
MOST_SHOWN = 20
WORDS = (
    "a az nem nincs Önnek Kovácsnak Győrben fél holnap ezer és futár kérem POSTÁRA; la de lei nu Dvs Popescu București mii"
    " coletul vă rog l-am; nie Pan Nowaka w Łodzi zł tys. proszę ul. się kuriera; the I'll Smith Boston of May please"
    " can't Dr. iPhone nEm eMAG K&H S.A. p.m. ; : - – — / \\ ( ) [ ] { } < > « » „ ” “ \" ' ’ … * ** _ # § % $ @ + = |"
).split(" ")
SHAPES: tuple[tuple[str, ...], ...] = (
    # Alternatives for each part, cut by "|"; every 9 becomes a random digit.
    ("9|99|9999|99999999999",),
    ("9|99|999", " |.|,|\u00a0", "999", " |", "Ft|lei|zł|EUR|de lei|-", "|-ja|-ot|/hó"),
    ("€|$|£|-$|US$", "9|9999", "|.50|,5|k| ezer| million"),
    ("|-|–|+", "9|99|9,9|9.99", "%| %| kg| °C| g-os|GB| l-am| ezer forint| m|x99 cm"),
    ("2029", ". |.|-|/", "05|május|5|V.", ". | |.|-|/", "9|19"),
    ("9|19", " mai| maja| May| jún.| dec.| lut|. maja", "| 2025|, 2025|-án"),
    ("9|19", ":|.", "19|99", "|-kor| pm| a.m.| p.m. és|–18:00|:59"),
    ("+36 1|0721|(022)|06-20|+48|(06 1)", " |-|/", "999", " |-|.", "9999|99 99"),
    ("A|FV|RTX|SZ-2025|TK|v|i7|TP-Link", "-|/|_|.", "9|9999|9F3K", "|-as|/B|-ABC|/2025|.1.2"),
    ("https://a.hu/?b=c#d|www.bolt.ro|firma.pl/x|a.b+c@d.co.uk|mailto:x@y.hu|bolt.hu-n|@bolt_hu|szamla_9.pdf|C:\\x\\y.txt",),
    ("{{név}}|{{#if a}}|{{ {{x}} }}|%s|%(a)s|${X}|[név]|[a](b)|{id}|{%if%}|{{|}}",),
    ("<b>|</a>|<br/>|<a href='x'>|<!-- x -->|<x9>|<x99>|<x199>|<x٣>|<x|0>|<nl>|<mask>|<hu>",),
    ("😀|👨‍👩‍👧|❤️|:)|;-)|5️⃣|🇭🇺|🙏🏼|✅|½|9½",),
    ('„idézet”|"a b"|«x»|»y«|`code`|HU42 1177 3016 1111|**** 9999|xxxx-xxxx-9999|…9999|14(b)|§ 9|9. §|(b)|*#06#',),
    ("\u200b|\u200d|\u200f|\u202e|\ufeff|\u00ad|e\u0301|שלום|مرحبا ١٢٣|中文|\n|\t|\r\n|\u2028|İ|ß|ǅ|\U0001d7d8",),
)
NOISE = ((32, 0x250), (0x590, 0x700), (0x2000, 0x2070), (0x1F000, 0x1FB00), (0, 0x10FFFF))
RUNS = "aA1.-/*#[({<x:,§€\"' "


def shape(random: Random) -> str:
    """Return one thing that is, or looks like, a fact."""
    if random.random() < 0.15:
        return chr(random.randrange(*random.choice(NOISE)))
    if random.random() < 0.05:
        return random.choice(RUNS) * random.randrange(1, 60)
    parts = (random.choice(part.split("|")) for part in random.choice(SHAPES))
    return re.sub("9", lambda _: str(random.randrange(10)), "".join(parts))


def text_of(random: Random) -> str:
    """Return a random text of up to ``LONGEST`` characters."""
    pieces = []
    for _ in range(random.choice([1, 2, 3, 5, 8, 13, 40, 300])):
        pieces.append(random.choice(WORDS) if random.random() < 0.4 else shape(random))
        pieces.append(random.choice(["", " ", " ", " ", ", ", ". "]))
    return "".join(pieces)[:LONGEST]


def faults(text: str, language: Language | None) -> list[str]:
    """Say what is wrong with the masking of a text; empty if nothing is."""
    found = find_facts(text, language=language)
    wrong = [
        f"a span that is not its text: {fact}" for fact in found if text[fact.start : fact.end] != fact.text or not fact.text
    ]
    wrong += [f"overlap: {one} {next_}" for one, next_ in pairwise(found) if one.end > next_.start]
    masked = mask(text, language=language)
    back = restore(masked.text, masked.facts)
    if back != text:
        wrong.append(f"restored to {back!r}")
    again = mask(back, masked.facts, language)
    if again != masked:
        wrong.append(f"masked again to {again.text!r}")
    wrong += compare(masked.text, again.text)
    bare = MARK_PATTERN.sub("", masked.text)
    wrong += [f"a digit that is in no fact: {digits!r}" for digits in re.findall(r"[^\s<>]*\d[^\s<>]*", bare)]
    return wrong


def main(arguments: Sequence[str] | None = None) -> int:
    """Try texts until the time is up."""
    parser = argparse.ArgumentParser(description="Fuzz the masking of facts.")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    random, begin, tried, bad, slowest = Random(options.seed), time.perf_counter(), 0, Counter[str](), (0.0, "")
    while time.perf_counter() - begin < options.seconds:
        text, language = text_of(random), random.choice([None, *LANGUAGES])
        start = time.process_time()
        try:
            wrong = faults(text, language)
        except Exception as error:  # whatever it is, the text that causes it is to be seen
            wrong = [f"raised {error!r}"]
        seconds = time.process_time() - start
        slowest = max(slowest, (seconds, text))
        if tried > len(LANGUAGES) * 10 and seconds > SLOWEST:  # the first ones read the word lists
            wrong.append(f"took {seconds:.2f} s")
        tried += 1
        for fault in wrong:
            bad[fault.split(":")[0].split("'")[0][:40]] += 1
            if bad.total() <= MOST_SHOWN:
                print(f"{fault}\n    in {language} {text!r}")  # noqa: T201
    rate = tried / (time.perf_counter() - begin)
    print(f"{tried} texts, {rate:.0f} a second, slowest {slowest[0]:.3f} s; {bad.total()} counterexamples {dict(bad)}")  # noqa: T201
    return 1 if bad else 0


if __name__ == "__main__":
    raise SystemExit(main())
