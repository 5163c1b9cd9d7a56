"""The palette holds: contrast on every ground, and five hues that stay apart, for dichromats too."""

import re
from itertools import combinations, product
from pathlib import Path

import pytest
from coloraide import Color

STYLESHEET = Path(__file__).parents[2] / "docs" / "assets" / "stylesheets" / "tokens.css"
TOKEN = re.compile(r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);")
DIM = re.compile(r"--dim: (0\.\d+);")

PALETTES = ("light", "slate")
GROUNDS = ("paper", "panel", "wash")
HUES = ("hue-prompt", "hue-few_shot", "hue-rag", "hue-api", "hue-own")

# WCAG 2.2: text (1.4.3), and whatever must be seen to understand or operate something (1.4.11).
TEXT = 4.5
SHAPE = 3.0

# The least CIEDE2000 distance between any two hues. The palette was drawn to be half a unit better than
# each of these; a change of colour that brings two hues closer than this is a change for the worse.
APART = {
    ("light", "normal"): 24.2,
    ("light", "protan"): 17.8,
    ("light", "deutan"): 19.7,
    ("light", "tritan"): 20.7,
    ("slate", "normal"): 26.5,
    ("slate", "protan"): 16.6,
    ("slate", "deutan"): 22.2,
    ("slate", "tritan"): 17.6,
}

# From Sharma, Wu and Dalal (2005), table 1: pairs on which careless implementations of CIEDE2000 differ.
PUBLISHED = [
    ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
    ((50.0, -1.3802, -84.2814), (50.0, 0.0, -82.7485), 1.0),
    ((50.0, 0.0, 0.0), (50.0, -1.0, 2.0), 2.3669),
    ((50.0, 2.49, -0.001), (50.0, -2.49, 0.0009), 7.1792),
    ((50.0, 2.49, -0.001), (50.0, -2.49, 0.0011), 7.2195),
    ((50.0, 2.5, 0.0), (50.0, 0.0, -2.5), 4.3065),
    ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
    ((50.0, 2.5, 0.0), (58.0, 24.0, 15.0), 19.4535),
    ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ((22.7233, 20.0904, -46.6940), (23.0331, 14.9730, -42.5619), 2.0373),
    ((90.8027, -2.0831, 1.4410), (91.1528, -1.6435, 0.0447), 1.4441),
    ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
]


def tokens(palette: str) -> dict[str, Color]:
    """Return the colours of one palette by their names in the stylesheet."""
    found = TOKEN.findall(STYLESHEET.read_text(encoding="utf-8"))
    return {name: Color((light, dark)[PALETTES.index(palette)]) for name, light, dark in found}


def seen(colour: Color, sight: str) -> Color:
    """Return a colour as someone with that sight sees it, after Machado, Oliveira and Fernandes (2009)."""
    if sight == "normal":
        return colour
    return colour.filter(sight, 1.0, method="machado").clip("srgb")


def shortfalls(least: float, pairs: list[tuple[str, str, str]]) -> list[str]:
    """List the pairs (palette, colour, ground) whose contrast is less than it must be."""
    found = []
    for palette, name, ground in pairs:
        colours = tokens(palette)
        ratio = colours[name].contrast(colours[ground], method="wcag21")
        if ratio < least:
            found.append(f"{palette}: --{name} on --{ground} is {ratio:.2f}:1, must be {least}:1")
    return found


@pytest.mark.parametrize("palette", PALETTES)
def test_every_token_is_read(palette: str) -> None:
    """A token written in another form than the others would escape the tests below."""
    assert {*GROUNDS, "ink", "soft", "edge", "rule", "link", "mistake", *HUES} == set(tokens(palette))


def test_text_is_legible() -> None:
    """Ink, soft ink and links may stand on any ground; a mistake is told on paper or in a panel."""
    pairs = [(p, name, ground) for p in PALETTES for name in ("ink", "soft", "link") for ground in GROUNDS]
    pairs += [(p, "mistake", ground) for p in PALETTES for ground in ("paper", "panel")]

    assert [] == shortfalls(TEXT, pairs)


def test_reversed_text_is_legible() -> None:
    """The answer bar, tags and solid buttons write in paper, on ink or on the link's colour."""
    assert [] == shortfalls(TEXT, [(p, "paper", ground) for p in PALETTES for ground in ("ink", "link")])


def test_shapes_can_be_seen() -> None:
    """Field borders, ticks and all five hues stand out from paper and from a panel."""
    pairs = [(p, name, ground) for p in PALETTES for name in ("edge", *HUES) for ground in ("paper", "panel")]

    assert [] == shortfalls(SHAPE, pairs)


@pytest.mark.parametrize("palette", PALETTES)
def test_a_dimmed_answer_can_still_be_read(palette: str) -> None:
    """While a new answer is worked out, the old one fades but stays legible."""
    match = DIM.search(STYLESHEET.read_text(encoding="utf-8"))
    assert match, "tokens.css no longer sets --dim as a plain number"
    colours = tokens(palette)
    dimmed = colours["paper"].mix(colours["ink"], float(match[1]), space="srgb")

    assert dimmed.contrast(colours["paper"], method="wcag21") >= TEXT


@pytest.mark.parametrize(("palette", "sight"), APART)
def test_hues_stay_apart(palette: str, sight: str) -> None:
    """No two approaches look alike, whatever colours the reader can tell from each other."""
    colours = tokens(palette)
    distances = {
        (a, b): seen(colours[a], sight).delta_e(seen(colours[b], sight), method="2000")
        for a, b in combinations(HUES, 2)
    }
    nearest = min(distances, key=distances.__getitem__)

    assert distances[nearest] >= APART[palette, sight], f"--{nearest[0]} and --{nearest[1]} are too close"


def test_there_is_no_room_for_a_sixth_hue() -> None:
    """
    Why a small classifier's mark is hollow: no colour keeps the distance from all five that they keep from each other.

    Looked for in steps of lightness, strength and angle, among colours that stand out from paper and from a panel. The
    best of a palette keeps about four fifths of it. Should a change of the five make room, the classifier may have it.
    """
    colours = tokens("light")
    known = {sight: [seen(colours[hue], sight) for hue in HUES] for _, sight in APART}
    steps = product((0.25, 0.3, 0.4, 0.5, 0.6, 0.65), (0.05, 0.1, 0.15, 0.2), range(0, 360, 15))
    sixths = [colour for colour in (Color("oklch", [*step]) for step in steps) if colour.in_gamut("srgb")]
    roomy = [
        sixth
        for sixth in (colour.convert("srgb") for colour in sixths)
        if all(sixth.contrast(colours[ground], method="wcag21") >= SHAPE for ground in ("paper", "panel"))
        and all(
            seen(sixth, sight).delta_e(hue, method="2000") >= APART["light", sight]
            for sight, hues in known.items()
            for hue in hues
        )
    ]

    assert len(sixths) > 100
    assert [] == roomy


@pytest.mark.parametrize(("first", "second", "distance"), PUBLISHED)
def test_distances_are_ciede2000(
    first: tuple[float, float, float], second: tuple[float, float, float], distance: float
) -> None:
    """The library gives the published distance where implementations are known to differ."""
    found = Color("lab-d65", first).delta_e(Color("lab-d65", second), method="2000")

    assert pytest.approx(distance, abs=5e-5) == found
