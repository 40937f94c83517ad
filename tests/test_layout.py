"""Passages and sentences: nothing of the layout is lost."""

from hypothesis import given
from hypothesis import strategies as st

from rewriter.layout import assemble, passages, sentences


def test_lines_bullets_and_margins_stay_outside_the_passages() -> None:
    draft = "Kedves Péter!\n\n  - első pont\n  2) második\n\nÜdv"
    cut = passages(draft)
    assert [p.text for p in cut] == ["Kedves Péter!", "első pont", "második", "Üdv"]
    assert assemble(draft, [(p, p.text.upper()) for p in cut]) == "KEDVES PÉTER!\n\n  - ELSŐ PONT\n  2) MÁSODIK\n\nÜDV"


def test_sentences_end_at_stops_but_not_at_abbreviations() -> None:
    found = [s.text for s in sentences("Nem tudom. Nézze meg pl. a honlapot! Jó?  Igen")]
    assert found == ["Nem tudom.", "Nézze meg pl. a honlapot!", "Jó?", "Igen"]


def test_long_lines_are_cut_between_sentences() -> None:
    line = "Ez egy mondat itt. " * 30
    cut = passages(line, longest=100)
    assert all(len(p.text) <= 100 for p in cut)
    assert " ".join(p.text for p in cut) == line.strip()


def test_a_removed_passage_takes_its_space_with_it() -> None:
    draft = "Egy. Kettő. Három."
    cut = sentences(draft)
    assert assemble(draft, [(cut[0], "Egy."), (cut[1], ""), (cut[2], "Három.")]) == "Egy. Három."


def test_a_blank_draft_has_no_passages() -> None:
    assert passages("\n \n") == []


@given(st.text(max_size=400))
def test_putting_passages_back_gives_the_draft(draft: str) -> None:
    assert assemble(draft, [(p, p.text) for p in passages(draft)]) == draft


def test_the_masked_number_of_a_list_item_is_no_part_of_the_passage() -> None:
    assert [p.text for p in passages("<x0>. első pont\n<x1>) második pont")] == ["első pont", "második pont"]
