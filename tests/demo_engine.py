"""A small engine for the demo's tests: replaces a few phrases, and offers a second wording."""

from rewriter.engines.base import Proposal

PHRASES = {
    "I have no idea when": "Let me find out when",
    "I don't know": "Let me find out",
    "Fogalmam sincs, mikor": "Utánanézek, mikor",
    "Habar n-am când": "Verific când",
    "Nie mam pojęcia, kiedy": "Sprawdzę, kiedy",
}
OTHERS = {
    "I have no idea when": "I am checking when",
    "I don't know": "I am checking",
    "Fogalmam sincs, mikor": "Kiderítem, mikor",
    "Habar n-am când": "Aflu când",
    "Nie mam pojęcia, kiedy": "Ustalę, kiedy",
}


class PhraseEngine:
    """Changes what it knows and leaves the rest."""

    name = "phrases"
    marks_rules = True

    def propose(self, requests, count):
        return [self._propose(request.masked)[:count] for request in requests]

    def _propose(self, masked):
        for bad, good in PHRASES.items():
            if bad in masked:
                other = masked.replace(bad, OTHERS[bad])
                return [Proposal(masked.replace(bad, good), -0.1, (1,)), Proposal(other, -0.4, (1,))]
        return [Proposal(masked, -0.1)]
