"""Papers of tables: ruled, half ruled, aligned only; statistics, projects, fees, schedules."""

from collections.abc import Sequence
from random import Random

from benchmarks.papers.drawing import LEFT, Paper, Row, Ruled
from benchmarks.papers.texts import foot, wrap
from benchmarks.papers.words import DEEDS, PLACES, SECTIONS, SENTENCES, THINGS, amount, project

YEARS = ("令和２年度", "令和３年度", "令和４年度", "令和５年度", "令和６年度")


def known(
    paper: Paper, cells: Sequence[str], heads: Sequence[str], path: Sequence[str] = ()
) -> None:
    """Note a row that is on the page."""
    pairs = [(cell, head) for cell, head in zip(cells, heads, strict=True) if cell]
    paper.rows.append(
        Row(paper.page, tuple(c for c, _ in pairs), tuple(path), tuple(h for _, h in pairs))
    )


def _statistics(paper: Paper, random: Random, rules: str, *, by_column: bool = False) -> None:
    paper.text(LEFT, 60, f"表１　{random.choice(THINGS)}の利用状況", 12)
    paper.text(LEFT, 84, random.choice(SENTENCES), 9)
    paper.text(440, 104, "（単位：千円）", 9)
    heads = ("区分", *YEARS[: random.randint(3, 5)])
    widths = (120, *(70 for _ in heads[1:]))
    table = Ruled(paper, LEFT, 112, widths, rules=rules, by_column=by_column)
    figures = range(1, len(heads))
    table.cross()
    table.row(heads)
    for number in range(random.randint(12, 30)):
        name = f"{random.choice(PLACES)}{random.choice(THINGS)}{number}"
        cells = (name, *(amount(random, signed=True) for _ in heads[1:]))
        table.row(cells, figures)
        known(paper, cells, heads)
    table.row(("合計", *(amount(random) for _ in heads[1:])), figures)
    table.flush()
    paper.text(LEFT, table.y + 20, "（注）端数を四捨五入したため、合計が合わないことがある。", 8)
    foot(paper)


def ruled(paper: Paper, random: Random) -> None:
    """All rules drawn."""
    _statistics(paper, random, "all")


def jumbled(paper: Paper, random: Random) -> None:
    """All rules drawn; the cells come column by column in the file."""
    _statistics(paper, random, "all", by_column=True)


def open_sides(paper: Paper, random: Random) -> None:
    """No rules at the left and the right edge."""
    _statistics(paper, random, "open")


def rows_only(paper: Paper, random: Random) -> None:
    """Rules between rows, none between columns."""
    _statistics(paper, random, "rows")


def aligned(paper: Paper, random: Random) -> None:
    """No rules at all."""
    _statistics(paper, random, "none")


def aligned_jumbled(paper: Paper, random: Random) -> None:
    """No rules at all, drawn column by column."""
    _statistics(paper, random, "none", by_column=True)


def projects(paper: Paper, random: Random) -> None:
    """Projects with what they do: words wrapped inside cells, over several pages."""
    heads = ("番号", "事業名", "事業の内容", "予算額（千円）", "所管")
    number = 0
    for _ in range(2):
        paper.text(LEFT, 60, "令和６年度　主要事業一覧" if paper.page == 1 else "（つづき）", 12)
        table = Ruled(paper, LEFT, 76, (32, 110, 190, 80, 80))
        table.cross()
        table.row(heads)
        while table.y < paper.height - 120:
            number += 1
            name, what = project(random), random.choice(SENTENCES)
            cells = (str(number), name, what, amount(random), random.choice(SECTIONS))
            table.row(
                (cells[0], tuple(wrap(name, 11)), tuple(wrap(what, 20)), *cells[3:]), figures=(3,)
            )
            known(paper, cells, heads)
        foot(paper)
        paper.next_page()


def merged(paper: Paper, random: Random) -> None:
    """A cell merged over several rows, heads of two rows, a cell merged across."""
    paper.text(LEFT, 60, f"{random.choice(THINGS)}使用料の改定（案）", 12)
    table = Ruled(paper, LEFT, 80, (110, 110, 80, 80, 80))
    table.cross()
    # one cell above three: the rules of the two rows of heads stand as they are there
    top, table.rules = table.y, "none"
    table.row(("区分", "室名", "使用料（円）", "", ""), rule=False)
    table.rules = "all"
    table.sides(top, spans=(3, 4))
    table.cross((2, 5))
    table.row(("", "", "午前", "午後", "夜間"))
    heads = ("区分", "室名", "午前", "午後", "夜間")
    for number in range(random.randint(4, 7)):
        place = f"{random.choice(PLACES)}公民館{number}"
        top = table.y
        rooms = random.randint(2, 4)
        for room in range(rooms):
            cells = (f"会議室{room + 1}", *(amount(random) for _ in range(3)))
            label = place if room == 0 else ""
            table.row((label, *cells), figures=(2, 3, 4), rule=False)
            table.cross((0 if room == rooms - 1 else 1, 5))
            known(paper, cells, heads[1:], (place,))
        del top
    foot(paper)


def schedule(paper: Paper, random: Random) -> None:
    """A schedule: words only."""
    paper.text(LEFT, 60, "令和６年第２回定例会　会期日程", 12)
    heads = ("月日", "曜日", "会議", "時刻", "内容")
    table = Ruled(paper, LEFT, 80, (80, 40, 90, 80, 190))
    table.cross()
    table.row(heads)
    for day in range(3, 22):
        cells = (
            f"６月{day}日",
            "月火水木金土日"[day % 7],
            random.choice(("本会議", "委員会", "休会", "予算特別委員会")),
            random.choice(("午前１０時", "午後１時", "")),
            random.choice(("提案理由の説明", "一般質問", "質疑", "委員長報告、採決", "議案調査")),
        )
        table.row(cells)
        known(paper, cells, heads)
    foot(paper)


def shaded(paper: Paper, random: Random) -> None:
    """Rows told apart by grey, not by rules; a head in a dark box."""
    paper.text(LEFT, 60, "表２　ごみの排出量の推移", 12)
    heads = ("種別", *YEARS[:4])
    table = Ruled(paper, LEFT, 80, (120, 85, 85, 85, 85), rules="none")
    paper.box(LEFT, table.y, 460, table.step, 0.7)
    table.row(heads)
    for number in range(random.randint(10, 24)):
        if number % 2:
            paper.box(LEFT, table.y, 460, table.step, 0.93)
        cells = (f"{random.choice(THINGS)}ごみ{number}", *(amount(random) for _ in heads[1:]))
        table.row(cells, figures=(1, 2, 3, 4))
        known(paper, cells, heads)
    paper.text(LEFT, table.y + 20, "資料：みどり市環境課", 8)


def same_as_above(paper: Paper, random: Random) -> None:
    """Cells that say 同上 or 〃."""
    paper.text(LEFT, 60, "補助金の一覧", 12)
    heads = ("補助金の名称", "所管", "交付先", "金額（円）")
    table = Ruled(paper, LEFT, 80, (160, 100, 120, 90))
    table.cross()
    table.row(heads)
    meant = {1: "", 2: ""}
    for number in range(random.randint(8, 20)):
        again = number > 0 and random.random() < 0.5
        cells = (
            f"{random.choice(DEEDS)}補助金{number}",
            random.choice(("同上", "〃")) if again else random.choice(SECTIONS),
            "〃" if again else f"{random.choice(PLACES)}自治会",
            amount(random),
        )
        table.row(cells, figures=(3,))
        told = list(cells)
        for column, above in list(meant.items()):
            if again:
                told[column] = f"{cells[column]}（{above}）"
            else:
                meant[column] = cells[column]
        known(paper, told, heads)


def beside(paper: Paper, random: Random) -> None:
    """Two tables side by side."""
    paper.text(LEFT, 60, "歳入と歳出の比較（単位：千円）", 12)
    tables = [Ruled(paper, x, 80, (110, 55, 55)) for x in (LEFT, LEFT + 250)]
    heads = ("款", "本年度", "前年度")
    for table in tables:
        table.cross()
        table.row(heads)
    for number in range(random.randint(12, 20)):
        for side, table in zip(("歳入", "歳出"), tables, strict=True):
            cells = (f"{side}の費目{number}", amount(random), amount(random))
            table.row(cells, figures=(1, 2))
            known(paper, cells, heads)


def wide_table(paper: Paper, random: Random) -> None:
    """A wide table on a page that lies on its side."""
    paper.text(30, 50, "主要施策の進捗管理表", 12)
    heads = (
        "番号",
        "施策",
        "指標",
        "基準値",
        "目標値",
        "実績値",
        "達成率",
        "評価",
        "所管",
        "今後の方針",
    )
    table = Ruled(paper, 30, 66, (30, 130, 110, 55, 55, 55, 50, 35, 90, 170), step=15)
    table.cross()
    table.row(heads)
    for number in range(1, random.randint(10, 13)):
        name, then = project(random), random.choice(SENTENCES)
        cells = (
            str(number),
            name,
            f"{random.choice(THINGS)}利用者数",
            *(amount(random) for _ in range(3)),
            f"{random.randint(30, 120)}%",
            random.choice("ＡＢＣ"),
            random.choice(SECTIONS),
            then,
        )
        lines: list[tuple[str, ...]] = [(cell,) for cell in cells]
        lines[1], lines[9] = tuple(wrap(name, 13)), tuple(wrap(then, 18))
        table.row(lines, figures=(3, 4, 5, 6))
        known(paper, cells, heads)
    foot(paper)
