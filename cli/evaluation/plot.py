"""The picture of an evaluation, an SVG: recall by rank, and whether confidence says what is right.

Written by hand rather than with a plotting library, which would weigh more than the rest of the
command: two panels of straight lines, points and words. All that is drawn is a share from 0 to 1.
"""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from cli.evaluation.chance import interval
from cli.evaluation.measures import DEPTH, Outcome, mean, reliability

_SIDE = 300
_LEFT = 70
_TOP = 60
_BETWEEN = 450
_WIDTH, _HEIGHT = 870, 450
_TICKS = 5
_BARS = 0.25
"""How much of the panel's height the longest bar of counts takes."""

_NOW, _BEFORE, _FAINT = "#1f5fa8", "#b3541e", "#d5dbe3"
_STYLE = (
    "text{font-family:sans-serif;font-size:13px;fill:#222}"
    ".small{font-size:11px;fill:#555}.head{font-size:15px;font-weight:bold}"
)


def plot(outcomes: Sequence[Outcome], before: Sequence[Outcome] = ()) -> str:
    """Return the SVG of a run; of an earlier one, where it is given, the recall as well."""
    found = "".join(_found(outcomes, before))
    trusted = "".join(_trusted(reliability(outcomes)))
    described = f"An evaluation on {len(outcomes)} questions: {_told(outcomes)}."
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{_HEIGHT}" '
        f'viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img">'
        f"<title>Evaluation on {len(outcomes)} questions</title><desc>{escape(described)}</desc>"
        f'<style>{_STYLE}</style><rect width="100%" height="100%" fill="#fff"/>'
        f'<g transform="translate({_LEFT},{_TOP})">{found}</g>'
        f'<g transform="translate({_LEFT + _BETWEEN},{_TOP})">{trusted}</g></svg>\n'
    )


def _found(outcomes: Sequence[Outcome], before: Sequence[Outcome]) -> list[str]:
    """Draw the share of the answerable questions whose right passage is among the first k."""
    drawn = _axes("Right passage among the first k", "k", "share of the answerable questions")
    drawn += [_text(_of_rank(k), _SIDE + 18, str(k), "middle") for k in range(1, DEPTH + 1)]
    spreads = [(k, interval(_recalls(outcomes, k))) for k in range(1, DEPTH + 1)]
    edges = [(k, spread) for k, spread in spreads if spread is not None]
    if not edges:
        return [*drawn, _text(_SIDE / 2, _SIDE / 2, "no answerable questions", "middle")]
    band = [(k, high) for k, (_, high) in edges] + [(k, low) for k, (low, _) in reversed(edges)]
    drawn.append(f'<polygon points="{_points(band)}" fill="{_NOW}" opacity="0.15"/>')
    if any(o.case.answerable for o in before):
        drawn.append(_line(before, _BEFORE, ' stroke-dasharray="6 4"'))
        drawn.append(_text(_SIDE - 8, _SIDE - 28, "dashed: the earlier run", "end", "small"))
    drawn.append(_line(outcomes, _NOW))
    drawn.append(_text(_SIDE - 8, _SIDE - 10, "shaded: 95 % interval", "end", "small"))
    return drawn


def _trusted(bins: Sequence[Mapping[str, Any]]) -> list[str]:
    """Draw the share shown right against the confidence, and how many questions each point is."""
    drawn = _axes("Shown right, by confidence", "confidence of the bot", "share shown right")
    drawn += [
        _text(share * _SIDE / _TICKS, _SIDE + 18, f"{share / _TICKS:.1f}", "middle")
        for share in range(_TICKS + 1)
    ]
    most = max((b["questions"] for b in bins), default=0)
    for among in bins:
        drawn += _bar(among, _BARS * _SIDE / most)
    drawn.append(
        f'<line x1="0" y1="{_SIDE}" x2="{_SIDE}" y2="0" stroke="#888" stroke-dasharray="3 4"/>'
    )
    for among in bins:
        if among["shown"]:
            drawn += _point(among)
    said = "dark bar: shown · light: declined · number: questions"
    return [*drawn, _text(_SIDE / 2, _SIDE + 62, said, "middle", "small")]


def _bar(among: Mapping[str, Any], scale: float) -> list[str]:
    left, wide = among["from"] * _SIDE + 2, (among["to"] - among["from"]) * _SIDE - 4
    whole, shown = among["questions"] * scale, among["shown"] * scale
    return [
        _rect(left, _SIDE - whole, wide, whole, _FAINT),
        _rect(left, _SIDE - shown, wide, shown, "#9db4cf"),
        _text(left + wide / 2, _SIDE - whole - 3, str(among["questions"]), "middle", "small"),
    ]


def _point(among: Mapping[str, Any]) -> list[str]:
    across = among["score"] * _SIDE
    low, high = (_SIDE * (1 - edge) for edge in among["interval"])
    height = _SIDE * (1 - among["right"])
    said = f"{among['shown']} shown, {among['right']:.0%} of them right"
    line = (
        f'<line x1="{across:.1f}" y1="{low:.1f}" x2="{across:.1f}" y2="{high:.1f}" '
        f'stroke="{_NOW}" stroke-width="1.5"/>'
    )
    point = f'<circle cx="{across:.1f}" cy="{height:.1f}" r="4.5" fill="{_NOW}">'
    return [line, f"{point}<title>{said}</title></circle>"]


def _axes(head: str, across: str, upward: str) -> list[str]:
    drawn = [_text(_SIDE / 2, -22, head, "middle", "head")]
    for tick in range(_TICKS + 1):
        height = _SIDE * (1 - tick / _TICKS)
        drawn.append(
            f'<line x1="0" y1="{height:.1f}" x2="{_SIDE}" y2="{height:.1f}" stroke="#e8e8e8"/>'
        )
        drawn.append(_text(-8, height + 4, f"{tick / _TICKS:.0%}", "end"))
    drawn.append(_text(_SIDE / 2, _SIDE + 42, across, "middle"))
    turned = f'<g transform="translate(-50,{_SIDE / 2}) rotate(-90)">'
    return [*drawn, f"{turned}{_text(0, 0, upward, 'middle')}</g>"]


def _line(outcomes: Sequence[Outcome], colour: str, dashes: str = "") -> str:
    shares = [(k, mean(_recalls(outcomes, k)) or 0.0) for k in range(1, DEPTH + 1)]
    return (
        f'<polyline points="{_points(shares)}" fill="none" stroke="{colour}" '
        f'stroke-width="2.5"{dashes}/>'
    )


def _recalls(outcomes: Sequence[Outcome], depth: int) -> list[float]:
    return [float(o.found_within(depth)) for o in outcomes if o.case.answerable]


def _points(places: Sequence[tuple[int, float]]) -> str:
    return " ".join(f"{_of_rank(k):.1f},{_SIDE * (1 - share):.1f}" for k, share in places)


def _of_rank(rank: int) -> float:
    return (rank - 1) / (DEPTH - 1) * _SIDE


def _told(outcomes: Sequence[Outcome]) -> str:
    shares = ((k, mean(_recalls(outcomes, k))) for k in (1, DEPTH))
    return ", ".join(
        f"the right passage is among the first {k} for {share:.1%}"
        for k, share in shares
        if share is not None
    )


def _rect(left: float, top: float, wide: float, tall: float, colour: str) -> str:
    return (
        f'<rect x="{left:.1f}" y="{top:.1f}" width="{wide:.1f}" height="{tall:.1f}" '
        f'fill="{colour}"/>'
    )


def _text(across: float, down: float, words: str, anchor: str, style: str = "") -> str:
    kind = f' class="{style}"' if style else ""
    return (
        f'<text x="{across:.1f}" y="{down:.1f}" text-anchor="{anchor}"{kind}>{escape(words)}</text>'
    )
