"""A small engine for the demo's tests: replaces a few phrases, and offers a second wording."""

from rewriter.engines.base import Proposal

PHRASES = {
    "I have no idea when": "Let me find out when",
    "I don't know": "Let me find out",
    "Fogalmam sincs, mikor": "Azonnal utánanézek, mikor",
    "Habar n-am când": "Verific imediat când",
    "Nie mam pojęcia, kiedy": "Zaraz sprawdzę, kiedy",
}


class PhraseEngine:
    """Changes what it knows and leaves the rest."""

    name = "phrases"

    def propose(self, requests, count):
        return [self._propose(request)[:count] for request in requests]

    def _propose(self, request):
        for bad, good in PHRASES.items():
            if bad in request.masked:
                text = request.masked.replace(bad, good)
                return [Proposal(text, -0.1, (1,)), Proposal(text.replace(good, good.replace("immediately ", "")) + self._more(request), -0.4, (1,))]
        return [Proposal(request.masked, -0.1)]

    def _more(self, request):
        more = {"en": " I will keep you posted.", "hu": " Hamarosan jelentkezem.", "ro": " Revin la dumneavoastră.", "pl": " Odezwę się."}
        return more[request.language]
