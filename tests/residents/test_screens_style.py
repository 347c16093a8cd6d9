"""The design system holds: contrasts of the tokens, nothing inline, icons that exist."""

import re
from pathlib import Path

import lucide
import pytest

ROOT = Path(__file__).resolve().parents[2]
CSS = ROOT / "static" / "css"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
TOKENS = (CSS / "tokens.css").read_text()
ON_PAPER, ON_ALL = ("paper",), ("paper", "surface")
PAIRS: list[tuple[str, tuple[str, ...], float]] = [
    ("ink", (*ON_ALL, "sunken", "accent-wash", "reason-wash", "block-wash"), 4.5),
    ("ink-2", (*ON_ALL, "sunken"), 4.5),
    ("ink-3", (*ON_ALL, "sunken"), 4.5),
    ("accent-ink", (*ON_ALL, "accent-wash"), 4.5),
    ("block-ink", (*ON_ALL, "block-wash"), 4.5),
    ("reason-ink", (*ON_ALL, "reason-wash"), 4.5),
    ("ok-ink", ON_ALL, 4.5),
    ("on-accent", ("accent", "accent-hover"), 4.5),
    ("on-block", ("block",), 4.5),
    ("on-ok", ("ok",), 4.5),
    ("on-invert", ("invert",), 4.5),
    ("rail-ink", ("rail", "rail-active"), 4.5),
    ("control", ON_ALL, 3.0),
    ("accent", ON_ALL, 3.0),
]


def tokens(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", block))


LIGHT = tokens(TOKENS.split("@media (prefers-color-scheme: dark)")[0])
DARK = LIGHT | tokens(TOKENS.split("@media (prefers-color-scheme: dark)")[1])


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "grounds", "least"), PAIRS, ids=lambda value: str(value))
def test_texts_and_controls_are_readable(theme, text, grounds, least):
    for ground in grounds:
        assert contrast(theme[text], theme[ground]) >= least, f"{text} sur {ground}"


def test_every_resident_colour_carries_white_text():
    colours = re.findall(r"\.rc-(\d) \{ --rc: (#[0-9a-f]{6}); \}", TOKENS)
    assert [number for number, _ in colours] == [str(n) for n in range(10)]
    assert all(contrast("#ffffff", colour) >= 5.5 for _, colour in colours)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(ROOT)))
def test_templates_hold_the_content_security_policy(path):
    html = path.read_text()
    assert not re.search(r"\sstyle=", html)
    assert not re.search(r"<style|<script(?![^>]*\bsrc=)", html)
    assert not re.search(r"\son[a-z]+=", html)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_icon_exists_and_is_hidden_from_screen_readers(path):
    for name, options in re.findall(r'\{% lucide "([^"]+)"([^%]*)%\}', path.read_text()):
        assert lucide._render_icon(name, 16).startswith("<svg")
        assert 'aria_hidden="true"' in options, name


def test_icons_carry_no_style_attribute():
    from residents.templatetags.screens import SEVERITIES, STATUSES

    for name in [*SEVERITIES.values(), *(icon for icon, _ in STATUSES.values())]:
        assert "style=" not in lucide._render_icon(name, 16)
