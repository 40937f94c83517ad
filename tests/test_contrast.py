"""Every text of the demo can be read: the style sheet's own pairs of colours, light and dark, by WCAG's formula."""

import re
from pathlib import Path

import pytest

SHEET = re.sub(r"/\*.*?\*/", "", (Path(__file__).parents[1] / "webdemo" / "style.css").read_text("utf-8"), flags=re.S)
RULES = [
    (one.strip(), dict(re.findall(r"([\w-]+):\s*([^;]+?)\s*(?:!important)?\s*(?:;|$)", body)))
    for heads, body in re.findall(r"([^{}]+)\{([^{}]*)\}", SHEET)
    for one in heads.split(",")
]
SCHEMES = {"light": ":root", "dark": ".dark"}
AA_TEXT, AA_EDGE = 4.5, 3.0
GROUNDS = ("paper", "sheet")
"""What a text stands on that names no ground of its own."""
THEME = [
    ("button_primary_text_color", "button_primary_background_fill"),
    ("button_primary_text_color", "button_primary_background_fill_hover"),
    ("button_secondary_text_color", "button_secondary_background_fill"),
    ("button_secondary_text_color", "button_secondary_background_fill_hover"),
    ("button_cancel_text_color", "button_cancel_background_fill"),
    ("button_cancel_text_color_hover", "button_cancel_background_fill_hover"),
    ("checkbox_label_text_color", "checkbox_label_background_fill"),
    ("checkbox_label_text_color_selected", "checkbox_label_background_fill_selected"),
    ("input_placeholder_color", "input_background_fill"),
    ("table_text_color", "table_even_background_fill"),
    ("table_text_color", "table_odd_background_fill"),
    ("body_text_color", "body_background_fill"),
    ("body_text_color", "input_background_fill"),
    ("body_text_color_subdued", "body_background_fill"),
    ("body_text_color_subdued", "block_background_fill"),
    ("block_title_text_color", "block_background_fill"),
    ("block_info_text_color", "block_background_fill"),
    ("link_text_color", "body_background_fill"),
    ("link_text_color", "block_background_fill"),
]


def palette(scheme):
    return {name.removeprefix("--"): value for name, value in dict(RULES)[SCHEMES[scheme]].items() if name.startswith("--")}


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def named(value):
    """The variable of a declaration; None where it has none (transparent, inherit)."""
    found = re.search(r"var\(--([\w-]+)\)", value or "")
    return found[1] if found else None


def ground(declared):
    return named(declared.get("background"))


def pairs():
    """Each (text, ground, selector) of the style sheet; the ground is the rule's own, or of what encloses it."""
    grounds = {head: ground(declared) for head, declared in RULES if ground(declared)}
    found = set()
    for head, declared in RULES:
        text = named(declared.get("color")) or named(declared.get("fill"))
        if not text or "bar" in head:  # a bar is no text
            continue
        words = head.split("::")[0].split()
        around = [grounds[enclosing] for n in range(len(words), 0, -1) if (enclosing := " ".join(words[:n])) in grounds]
        found |= {(text, one, head) for one in ([ground(declared)] if ground(declared) else around[:1] or GROUNDS)}
    found |= {("ink-quiet", one, "a chip in a box") for one in ("accent-soft", "warn-soft", "bad-soft")}
    # Plain text inside a coloured box inherits the page's ink, unless the box says otherwise.
    return found | {("ink", one, head) for head, one in grounds.items() if one != "accent" and "color" not in dict(RULES)[head]}


def test_the_formula():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_text_of_the_style_sheet(scheme):
    colours, every = palette(scheme), pairs()
    assert len(every) > 40
    assert {("accent", "accent-soft"), ("warn", "warn-soft"), ("bad", "bad-soft")} <= {pair[:2] for pair in every}
    weak = {pair: round(ratio, 2) for pair in every if (ratio := contrast(colours[pair[0]], colours[pair[1]])) < AA_TEXT}
    assert not weak


@pytest.mark.parametrize("scheme", SCHEMES)
def test_text_of_the_theme(scheme):
    pytest.importorskip("gradio", reason="the web demo's extra is not installed")
    from webdemo import look

    theme, colours, end = look.theme(), palette(scheme), {"light": "", "dark": "_dark"}[scheme]

    def colour(name):
        value = getattr(theme, f"{name}{end}", None) or getattr(theme, name)
        return colours[named(value)]

    weak = {pair: round(ratio, 2) for pair in THEME if (ratio := contrast(colour(pair[0]), colour(pair[1]))) < AA_TEXT}
    assert not weak


@pytest.mark.parametrize("scheme", SCHEMES)
def test_edges_of_fields_can_be_seen(scheme):
    colours = palette(scheme)
    for name in ("edge", "accent"):
        assert min(contrast(colours[name], colours[one]) for one in GROUNDS) >= AA_EDGE


def test_both_schemes_name_the_same_colours():
    assert palette("light").keys() == palette("dark").keys()
