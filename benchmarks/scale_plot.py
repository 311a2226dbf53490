"""The picture of :mod:`benchmarks.scale`, an SVG: four panels of lines over the passages.

Drawn by hand as those of ``kiroku evaluate`` are, for the same reason. Both axes are logarithmic:
what grows in step with the passages is a straight line that rises by one decade a decade.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

import numpy as np

Numbers = Mapping[str, Any]
Line = tuple[str, str, Callable[[Numbers], float]]

_SIDE = 280
_LEFT, _TOP = 70, 50
_ACROSS, _DOWN = 430, 390
_COLOURS = ("#1f5fa8", "#b3541e", "#3c7a3c")
_STYLE = (
    "text{font-family:sans-serif;font-size:13px;fill:#222}"
    ".small{font-size:11px}.head{font-size:15px;font-weight:bold}"
)


def draw(results: Sequence[Numbers], path: Path) -> None:
    """Write the picture of the results, one a size."""
    path.write_text(picture(results), encoding="utf-8")


def picture(results: Sequence[Numbers]) -> str:
    """Return the SVG of the results, in order of size."""
    panels = (
        ("One question, by the clock", "ms", _TIMES),
        ("Ingest, without embedding", "processor s", _INGEST),
        ("Memory", "MB", _MEMORY),
        ("Disk", "MB", _DISK),
    )
    drawn = "".join(
        f'<g transform="translate({_LEFT + across * _ACROSS},{_TOP + down * _DOWN})">'
        f"{''.join(_panel(results, *panel))}</g>"
        for (down, across), panel in zip(np.ndindex(2, 2), panels, strict=True)
    )
    width, height = _LEFT + 2 * _ACROSS - 60, _TOP + 2 * _DOWN - 20
    sizes = ", ".join(f"{one['passages']:,}" for one in results)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" role="img"><title>How cost grows</title>'
        f"<desc>Time of a question, time of an ingest, memory and disk at {sizes} passages.</desc>"
        f'<style>{_STYLE}</style><rect width="100%" height="100%" fill="#fff"/>{drawn}</svg>\n'
    )


_TIMES: Sequence[Line] = (
    ("p95", _COLOURS[1], lambda one: one["took"]["none"]["p95"]),
    ("p50", _COLOURS[0], lambda one: one["took"]["none"]["p50"]),
)
_INGEST: Sequence[Line] = (
    ("stored, all passages", _COLOURS[1], lambda one: one["passages"] / one["put_rate"]),
    ("published", _COLOURS[0], lambda one: one["publish_s"]),
)
_MEMORY: Sequence[Line] = (
    ("while publishing", _COLOURS[1], lambda one: one["peak_mb"]),
    ("asked, mapped files included", _COLOURS[0], lambda one: one["process_mb"]),
    ("of it the vectors", _COLOURS[2], lambda one: max(one["memory_vectors_mb"], 0.1)),
)
_DISK: Sequence[Line] = (
    ("store", _COLOURS[1], lambda one: one["store_mb"]),
    ("generation", _COLOURS[0], lambda one: one["generation_mb"]),
    ("of it the vectors", _COLOURS[2], lambda one: one["vectors_mb"]),
)


def _panel(
    results: Sequence[Numbers], head: str, unit: str, lines: Sequence[Line]
) -> Sequence[str]:
    values = [value(one) for one in results for _, _, value in lines]
    low, high = _decades(values)
    first, last = _decades([one["passages"] for one in results])
    drawn = [_text(_SIDE / 2, -20, head, "middle", "head")]
    for decade in range(low, high + 1):
        height = _SIDE * (1 - (decade - low) / (high - low))
        drawn.append(_rule(0, height, _SIDE, height))
        drawn.append(_text(-8, height + 4, f"{10.0**decade:,.10g}", "end", "small"))
    for decade in range(first, last + 1):
        across = _SIDE * (decade - first) / (last - first)
        drawn.append(_rule(across, 0, across, _SIDE))
        drawn.append(_text(across, _SIDE + 18, f"{10**decade:,}", "middle", "small"))
    drawn.append(_text(_SIDE / 2, _SIDE + 38, f"passages · {unit}", "middle"))
    for number, (name, colour, value) in enumerate(lines):
        places = [
            (
                _SIDE * (math.log10(one["passages"]) - first) / (last - first),
                _SIDE * (1 - (math.log10(value(one)) - low) / (high - low)),
            )
            for one in results
        ]
        points = " ".join(f"{across:.1f},{height:.1f}" for across, height in places)
        drawn.append(
            f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>'
        )
        drawn += [
            f'<circle cx="{across:.1f}" cy="{height:.1f}" r="3" fill="{colour}"/>'
            for across, height in places
        ]
        words = f'<tspan fill="{colour}">■</tspan> {escape(name)}'
        drawn.append(f'<text x="8" y="{16 + 16 * number}" class="small">{words}</text>')
    return drawn


def _decades(values: Sequence[float]) -> tuple[int, int]:
    """Return the powers of ten around the values, at least one apart."""
    low = math.floor(math.log10(min(values)))
    return low, max(low + 1, math.ceil(math.log10(max(values)) - 1e-9))


def _rule(across: float, down: float, to_across: float, to_down: float) -> str:
    return (
        f'<line x1="{across:.1f}" y1="{down:.1f}" x2="{to_across:.1f}" y2="{to_down:.1f}" '
        'stroke="#e4e4e4"/>'
    )


def _text(across: float, down: float, words: str, anchor: str, style: str = "") -> str:
    kind = f' class="{style}"' if style else ""
    return (
        f'<text x="{across:.1f}" y="{down:.1f}" text-anchor="{anchor}"{kind}>{escape(words)}</text>'
    )
