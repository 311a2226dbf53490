"""The viewer in a real browser: on a desk, on a telephone, by keyboard, and for screen readers."""

import io
import json
from pathlib import Path

import pytest
from PIL import Image

from tests.bot.viewer.chromium import DESK, PHONE, PROGRAM, Page, Screen, browse
from tests.bot.viewer.serving import PDF, SAID, TEXT, WORD, Town

ROOT = Path(__file__).parents[3]
AXE = ROOT / ".cache" / "axe" / "package" / "axe.min.js"
DARK_PHONE = Screen(390, 844, mobile=True, dark=True)
PLACES = [(PDF, SAID), (WORD, "交通政策課長"), (TEXT, "第1条")]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(PROGRAM is None, reason="needs Chromium: apt-get install chromium"),
]


def opened(town: Town, place: tuple[str, str], screen: Screen, visit, folder: Path):
    """Return what a visit of the page of these words gives."""
    return browse(town.url(*place) + "&lang=ja", screen, visit, folder)


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_the_page_is_shown_with_its_marks(shown: Town, screen: Screen, tmp_path: Path):
    """The picture is loaded, its marks have a colour of their own, and nothing is refused."""

    async def visit(page: Page):
        taken = await page.screenshot()
        mark = await page.told(
            "(({x, y, width, height}) => [x + scrollX, y + scrollY, width, height])"
            "(document.querySelector('rect.mark').getBoundingClientRect())"
        )
        return taken, mark, await page.told("document.documentElement.scrollWidth - innerWidth")

    taken, (x, y, width, height), too_wide = opened(shown, (PDF, SAID), screen, visit, tmp_path)
    assert too_wide <= 0
    inside = (
        Image.open(io.BytesIO(taken))
        .convert("RGB")
        .crop((int(x) + 2, int(y) + 2, int(x + width) - 2, int(y + height) - 2))
    )
    red, _, blue = inside.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
    assert red - blue > 60


@pytest.mark.parametrize("place", PLACES, ids=["pdf", "word", "text"])
def test_nothing_that_a_page_asks_for_is_refused(
    shown: Town, place: tuple[str, str], tmp_path: Path
):
    """The policy refuses nothing of the page's own; only the browser's wish for an icon fails."""

    async def visit(page: Page):
        asked = await page.told(
            "performance.getEntriesByType('resource').map(e => [new URL(e.name).pathname, "
            "e.responseStatus])"
        )
        return asked, page.refused

    asked, refused = opened(shown, place, DESK, visit, tmp_path)
    # where the wish for an icon is answered early enough, it is listed too
    failed = [path for path, status in asked if status != 200 and path != "/favicon.ico"]
    assert failed == []
    assert [line for line in refused if "404" not in line] == []


def test_the_whole_page_is_reached_by_keyboard(shown: Town, tmp_path: Path):
    """The first stop skips to the passage; every link and fold is one, and shows that it is."""

    async def visit(page: Page):
        stops = []
        for _ in range(40):
            await page.press("Tab", 9)
            stop = await page.told(
                "(e => e === document.body ? null : [e.tagName, e.className, e.textContent.trim(), "
                "getComputedStyle(e).outlineStyle])(document.activeElement)"
            )
            if stop is None or stop in stops:
                break
            stops.append(stop)
        return stops

    stops = opened(shown, (PDF, SAID), DESK, visit, tmp_path)
    assert stops[0][2] == "引用箇所へ移動"
    assert {tag for tag, *_ in stops} == {"A", "SUMMARY"}
    assert all(outline == "solid" for *_, outline in stops)
    told = " ".join(words for _, _, words, _ in stops)
    for words in (
        "原本をダウンロード",
        "前の箇所",
        "次の箇所",
        "この資料の目次",
        "このページの本文",
    ):
        assert words in told


def test_the_mark_is_one_step_away_on_a_telephone(shown: Town, tmp_path: Path):
    """The link above the picture brings the marked words into view."""

    async def visit(page: Page):
        await page.told("document.querySelector('a[href^=\"#mark\"]').click()")
        return await page.told(
            "new Promise(done => setTimeout(() => done("
            "document.querySelector('rect.mark').getBoundingClientRect().top), 300))"
        )

    assert 0 < opened(shown, (PDF, SAID), PHONE, visit, tmp_path) < PHONE.height


@pytest.mark.skipif(not AXE.is_file(), reason="needs axe-core: `make axe`")
@pytest.mark.parametrize("place", PLACES, ids=["pdf", "word", "text"])
@pytest.mark.parametrize("screen", [DESK, DARK_PHONE], ids=["desk", "dark phone"])
def test_axe_finds_nothing(shown: Town, place: tuple[str, str], screen: Screen, tmp_path: Path):
    """axe-core's rules for accessibility, WCAG 2.2 AA and good practice, all folds open."""

    async def visit(page: Page):
        await page.told(AXE.read_text("utf-8") + "; 0")
        await page.told("document.querySelectorAll('details').forEach(d => d.open = true)")
        return await page.told(
            "axe.run().then(({violations, passes}) => [violations, passes.length])"
        )

    found, kept = opened(shown, place, screen, visit, tmp_path)
    assert kept > 20
    told = [(each["id"], each["impact"], each["nodes"][0]["html"]) for each in found]
    assert told == [], json.dumps(told, ensure_ascii=False, indent=1)
