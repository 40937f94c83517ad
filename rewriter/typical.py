"""Short words that settle a draft's language, and that are no names when they are shouted."""

from __future__ import annotations

from rewriter.marks import Language

TYPICAL: dict[Language, frozenset[str]] = {
    # All folded; those that two languages share are left to the classifier.
    "hu": frozenset(
        "nem nincs fogalmam sincs hogy egy ez azt csak majd varjon kerem tudom maga ugy vagy mert lesz volt meg az ha"
        " szia hello koszonjuk onnek kell lehet itt mi mit miert mikor hol igen jol".split()
    ),
    "ro": frozenset(
        "nu stiu este sunt si pe la cu va rog asta ce mai sa ca noi dumneavoastra imi pare rau asteptati bine cand unde"
        " comanda pentru din care avem trebuie poate dvs buna ziua multumim se dupa fi".split()
    ),
    "pl": frozenset(
        "nie wiem jest sie prosze pan pani panstwo mam mi co gdzie kiedy ale tego tym jak czy dla juz tylko nasz nasza"
        " pojecia zamowienie moge moze dzien dobry dziekujemy po za od na ze to".split()
    ),
    "en": frozenset(
        "the i you we is are not don't can't your it's this that to of and have it for will please no idea what my our"
        " sorry just with on hi".split()
    ),
}
EVERY = frozenset().union(*TYPICAL.values())
