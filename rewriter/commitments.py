"""What a reply binds the company to: promises, times, refusals, prohibitions, conditions; none is added, lost or turned round."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rewriter import overlap
from rewriter.folding import fold
from rewriter.guide import Match
from rewriter.guide.lexicon import Lexicon
from rewriter.words import words

_OWNERSHIP_RULES = frozenset(
    "never.dont_know never.cannot_help never.not_my_department never.manufacturer never.you_are_wrong never.repeat_details"
    " never.bounce never.go_to_website never.call_later never.complain_about_work care.own_it tone.confident"
    " ask.hedged_request ask.hedged_offer".split()
)
"""Rules whose fault is itself a negation ("not my job"), which goes when the fault goes."""
_EVASIONS = frozenset(
    "never.not_my_department never.bounce never.manufacturer never.complain_about_work never.repeat_details".split()
)
"""Rules whose negation says nothing of the customer's matter: it cannot become a refusal of that matter."""
_HEDGING_RULES = frozenset("ask.hedged_request ask.hedged_offer tone.confident never.you_are_wrong tone.friendly".split())
"""Rules whose fault may be a condition that means nothing ("if it's not too much trouble")."""
_CLAUSE = re.compile(r"[^.!?…;:,]+")


@dataclass(frozen=True, slots=True)
class Draft:
    """A masked passage and what is wrong with it.

    Attributes:
        text: The passage.
        found: Its faults, by the patterns.
        broken: Ids of the rules that the patterns or the model saw broken.
    """

    text: str
    found: list[Match]
    broken: set[str]


def reasons(draft: Draft, reply: str, lexicon: Lexicon) -> list[str]:
    """Say which commitments a reply adds, loses or turns round.

    Args:
        draft: The passage.
        reply: The masked proposal.
        lexicon: The binding words of its language.

    Returns:
        Reasons in the draft's language; empty if the reply binds to what the draft binds to.
    """
    return [*_promises(draft, reply, lexicon), *_times(draft.text, reply, lexicon), *_refusals(draft, reply, lexicon)]


def _promises(draft: Draft, reply: str, lexicon: Lexicon) -> list[str]:
    promised = promises_added(draft.text, reply, lexicon)
    found = [lexicon.say("reject_promise", text=promised[0])] if promised else []
    admitted = overlap.added("fault", draft.text, reply, lexicon)
    if admitted and not lexicon.has("apology", draft.text):
        found.append(lexicon.say("reject_promise", text=admitted[0]))
    return found


def promises_added(draft: str, reply: str, lexicon: Lexicon) -> list[str]:
    """Return the promises of a reply that its draft has in no form.

    A promise is in the draft if its word is there, with or without a verb's prefix, or another word for the same thing
    ("money back" for "refund"). "We can't refund it" promises nothing; whether the draft refuses is asked elsewhere.
    """
    folded, bare = fold(draft), fold(reply)
    refuses = lexicon.has("negation", draft) or lexicon.has("refusal", draft)
    clauses = [m.span() for m in _CLAUSE.finditer(bare)] if refuses else []
    found = []
    for pattern in lexicon.parts.get("promise", ()):
        if pattern.search(folded):
            continue
        for match in pattern.finditer(bare):
            around = next(((start, end) for start, end in clauses if start <= match.start() < end), None)
            # "No extra cost" is a promise for all its negation; one that stands beside the promise takes it back.
            if around and lexicon.has("negation", overlap.outside(bare, [match.span()])[slice(*around)]):
                continue
            if not any(stem in folded for stem in _stems(match.group(), lexicon)):
                found.append((match.start(), reply[match.start() : match.end()]))
    return [text for _, text in sorted(found)]


def _stems(word: str, lexicon: Lexicon) -> list[str]:
    """Return a promise's first letters, and those of its verb without a prefix."""
    prefix = lexicon.patterns["verb_prefix"].match(word) if "verb_prefix" in lexicon.patterns else None
    whole = [word[: overlap.STEM]]
    return [*whole, word[prefix.end() :][: overlap.STEM]] if prefix else whole


def _times(draft: str, reply: str, lexicon: Lexicon) -> list[str]:
    added = overlap.times_added(draft, reply, lexicon)
    gone = [span for span in lexicon.words("deadline", draft) if not overlap.has_stem(reply, span.split()[0])]
    return [lexicon.say("reject_time", text=text) for text in added[:1]] + [
        lexicon.say("reject_time_lost", text=text) for text in gone[:1]
    ]


def _refusals(draft: Draft, reply: str, lexicon: Lexicon) -> list[str]:
    text = overlap.outside(draft.text, lexicon.spans("idle_negation", draft.text))
    # A negation inside a faulty phrase ("I have no idea") goes with it; any other must stay, or be said as a limit.
    spans = [(m.start, m.end) for m in draft.found if m.rule.id in _OWNERSHIP_RULES]
    # So does an order not to do something ("stop writing to us"). A refusal is never lost.
    orders = lexicon.spans("prohibition", text)
    kept = lexicon.has("negation", overlap.outside(text, overlap.merged([*spans, *orders])))
    denied = lexicon.has("negation", reply)
    said = denied or lexicon.has("limit", reply)
    # Such a fault may reach beyond the words that its pattern knows; "no way", found, leaves other refusals as they are.
    known = {m.rule.id for m in draft.found} & {"never.cannot_help"}
    owned = bool((draft.broken - known) & _OWNERSHIP_RULES) and not lexicon.has("promise", text)
    lost = kept and not said and not owned and not _turned(text, reply, lexicon)
    lost = lost or (lexicon.has("refusal", text) and not said and not lexicon.has("refusal", reply))
    added = denied and not _denies(draft, text, reply, lexicon)
    # What must not be done must not become what is to be done.
    verbs = [order[-1] for order in (words(text[start:end]) for start, end in orders) if order]
    ordered = any(overlap.is_ordered(reply, verb, lexicon.patterns["negation"]) for verb in verbs)
    found = [lexicon.say("reject_negation")] if lost or added or ordered else []
    condition = lexicon.has("condition", overlap.outside(text, spans)) and not lexicon.has("condition", reply)
    if condition and not draft.broken & (_OWNERSHIP_RULES | _HEDGING_RULES):
        found.append(lexicon.say("reject_condition"))
    return found


def _turned(text: str, reply: str, lexicon: Lexicon) -> bool:
    """Say whether "no account without an ID" has become "please bring your ID": a demand, the only negations being such."""
    rest = overlap.outside(text, lexicon.spans("double_negation", text))
    return rest != text and not lexicon.has("negation", rest) and lexicon.has("demand", reply)


def _denies(draft: Draft, text: str, reply: str, lexicon: Lexicon) -> bool:
    """Say whether a draft has what a reply's negation may stand for; "not my job" is nothing of the kind.

    What is broken does not work, but that is no ground for a refusal, which a reply says with a word of regret.
    """
    rest = overlap.outside(text, overlap.merged([(m.start, m.end) for m in draft.found if m.rule.id in _EVASIONS]))
    denies = any(lexicon.has(kind, rest) for kind in ("negation", "refusal", "limit", "condition", "apology"))
    return denies or (lexicon.has("failure", rest) and not lexicon.has("limit", reply))
