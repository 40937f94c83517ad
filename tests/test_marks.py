"""The marks that steer the model."""

from rewriter.marks import source_text, split_target, target_text


def test_source_and_target() -> None:
    assert source_text("A <x0>.", "hu", "formal") == "<rewrite><hu><formal> A <x0>."
    assert target_text("Jó.", [7, 2]) == "<r2><r7> Jó."
    assert target_text("Jó.", []) == "<r0> Jó."


def test_split_target_reads_rules_and_reply() -> None:
    assert split_target("<r2><r7> Utánanézek, <x0>.") == ([2, 7], "Utánanézek, <x0>.")
    assert split_target("<r0> Jó.") == ([], "Jó.")
    assert split_target("Jó.") == ([], "Jó.")
