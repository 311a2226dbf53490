"""Budgets as municipalities print them: 款・項・目・節, several lines in a cell, many pages."""

from random import Random

from benchmarks.papers.drawing import Paper, Row, Ruled
from benchmarks.papers.texts import foot, wrap
from benchmarks.papers.words import CHAPTERS, ITEMS, KINDS, NOTES, PARTS, SECTIONS, amount

_TOP = 60.0


def tree(paper: Paper, random: Random) -> None:
    """款, 項 and 目 in columns of their own; what holds on is left blank."""
    paper.text(60, 50, "令和６年度みどり市一般会計予算　歳出", 12)
    paper.text(430, 68, "（単位：千円）", 9)
    heads = ("款", "項", "目", "本年度", "前年度", "比較")
    table = Ruled(paper, 40, 76, (90, 100, 130, 65, 65, 60))
    table.cross()
    table.row(heads)
    chapters = random.sample(list(enumerate(CHAPTERS, start=1)), 3)
    for number, chapter in sorted(chapters):
        first = f"{number} {chapter}"
        for part in range(1, random.randint(2, 4)):
            second = f"{part} {random.choice(PARTS)}"
            for item in range(1, random.randint(2, 5)):
                third = f"{item} {random.choice(ITEMS)}"
                sums = [amount(random, signed=place == 2) for place in range(3)]
                opens_part, opens = item == 1, item == 1 and part == 1
                table.row(
                    (first if opens else "", second if opens_part else "", third, *sums),
                    figures=(3, 4, 5),
                )
                labels = ([first] if opens else []) + ([second] if opens_part else []) + [third]
                path = tuple(label for label in (first, second) if label not in labels)
                paper.rows.append(
                    Row(paper.page, (*labels, *sums), path, (*heads[3 - len(labels) :],))
                )
    foot(paper)


def explained(paper: Paper, random: Random, *, by_column: bool = False, pages: int = 3) -> None:
    """目 by 目 with 節 and 説明, each with its own amount: many lines in one ruled cell."""
    widths = (88, 62, 62, 52, 84, 58, 108, 58)
    page = 0
    while page < pages:
        page += 1
        paper.text(40, 44, f"（款）3 民生費　（項）{(page + 1) // 2} {PARTS[page % 7]}", 10)
        paper.text(500, 56, "（単位：千円）", 8)
        table = Ruled(paper, 18, _TOP, widths, rules="all", by_column=by_column, size=7.5, step=12)
        table.cross()
        top = table.y
        table.rules = "none"
        table.row(("目", "本年度", "前年度", "比較", "節", "", "説明", ""))
        middle = table.y
        table.row(("", "", "", "", "区分", "金額", "", ""))
        table.rules = "all"
        paper.rule(table.edges[4], middle, table.edges[6], middle)
        table.cross()
        _heads_sides(paper, table, top, middle)
        while table.y < paper.height - 190:
            _block(paper, table, random)
        table.flush()
        foot(paper)
        paper.next_page()


def _heads_sides(paper: Paper, table: Ruled, top: float, middle: float) -> None:
    for number, edge in enumerate(table.edges):
        if number == 7:
            continue
        paper.rule(edge, middle if number == 5 else top, edge, table.y)


def _block(paper: Paper, table: Ruled, random: Random) -> None:
    """Draw a 目: its label and sums once, its 節 line by line, 説明 beside them."""
    label = f"{random.randint(1, 9)} {random.choice(ITEMS)}"
    sums = [amount(random, signed=place == 2) for place in range(3)]
    kinds = random.sample(list(enumerate(KINDS, start=1)), random.randint(2, 6))
    lines = [
        (f"{number} {name}", amount(random), random.choice(NOTES), amount(random))
        for number, name in sorted(kinds)
    ]
    cells = (
        tuple(wrap(label, 9)),
        *((each,) for each in sums),
        *(tuple(line[column] for line in lines) for column in range(4)),
    )
    top = table.y
    table.rules = "none"
    table.row(cells, figures=(1, 2, 3, 5, 7))
    table.rules = "all"
    table.sides(top, spans=(7,))
    table.cross()
    heads = ("目", "本年度", "前年度", "比較", "区分", "金額", "説明", "説明")
    paper.rows.append(Row(paper.page, (label, *sums, *lines[0]), (), heads))
    for line in lines[1:]:
        paper.rows.append(Row(paper.page, line, (label,), heads[4:]))


def explained_jumbled(paper: Paper, random: Random) -> None:
    """The same, drawn column by column."""
    explained(paper, random, by_column=True)


def long_budget(paper: Paper, random: Random) -> None:
    """A budget of 150 pages, for the speed of reading."""
    explained(paper, random, pages=150)


def revenue(paper: Paper, random: Random) -> None:
    """Revenue: rules between columns only, a whole page one block."""
    paper.text(40, 50, "歳入予算事項別明細書", 12)
    paper.text(440, 64, "単位：千円", 8)
    heads = ("目", "本年度予算額", "前年度予算額", "比較", "説明", "所管")
    table = Ruled(paper, 30, 72, (130, 80, 80, 60, 120, 80), rules="columns", size=8, step=14)
    table.cross()
    top = table.y
    table.row(heads)
    table.cross()
    table.sides(top)
    for number in range(1, random.randint(16, 32)):
        name = f"{number} {random.choice(ITEMS)}負担金"
        cells = (
            name,
            amount(random),
            amount(random),
            amount(random, signed=True),
            random.choice(NOTES),
            random.choice(SECTIONS),
        )
        table.row(cells, figures=(1, 2, 3))
        paper.rows.append(Row(paper.page, cells, (), heads))
    table.cross()
    foot(paper)
