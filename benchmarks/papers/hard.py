"""Tables as programs really write them: rules as thin boxes, turned pages, labels in the middle."""

from random import Random

from benchmarks.papers.drawing import Paper, Row, Ruled
from benchmarks.papers.tables import known
from benchmarks.papers.texts import foot, wrap
from benchmarks.papers.words import (
    ITEMS,
    KINDS,
    NOTES,
    PLACES,
    SECTIONS,
    THINGS,
    amount,
    full_width,
    project,
)


def boxed(paper: Paper, random: Random) -> None:
    """A spreadsheet's page: each cell has its own box, each rule is a filled one, drawn twice."""
    paper.text(50, 50, "施設別維持管理費一覧表", 12)
    paper.text(440, 66, "（単位：円）", 8)
    heads = ("施設名", "所在地", "光熱水費", "修繕料", "委託料", "合計")
    widths = (110, 80, 75, 75, 75, 80)
    y = 76.0
    for number in range(random.randint(14, 28)):
        name = random.choice(PLACES) + random.choice(THINGS)
        cells = heads if number == 0 else (name, random.choice(PLACES), *_amounts(random, 4))
        x = 45.0
        for column, (cell, width) in enumerate(zip(cells, widths, strict=True)):
            for _ in range(2):
                _thin_box(paper, x, y, width, 17)
            if number and column > 1:
                paper.put_right(x + width - 3, y + 12, cell, 8)
                paper.lines.setdefault(paper.page, []).append(cell)
            else:
                paper.text(x + 3, y + 12, cell, 8)
            x += width
        if number:
            known(paper, cells, heads)
        y += 17


def _amounts(random: Random, count: int) -> list[str]:
    return [amount(random, signed=True) for _ in range(count)]


def _thin_box(paper: Paper, x: float, y: float, width: float, height: float) -> None:
    base = paper.height - y
    for left, bottom, wide, high in (
        (x, base - 0.3, width, 0.6),
        (x, base - height - 0.3, width, 0.6),
        (x - 0.3, base - height, 0.6, height),
        (x + width - 0.3, base - height, 0.6, height),
    ):
        paper.drawn.rect(left, bottom, wide, high, stroke=0, fill=1)


def turned(paper: Paper, random: Random) -> None:
    """A table drawn on its side, on a page that viewers turn."""
    paper.drawn.setPageRotation(90)
    paper.drawn.translate(595, 0)
    paper.drawn.rotate(90)
    heads = ("事業名", "総事業費", "国庫支出金", "県支出金", "地方債", "一般財源")
    paper.text(40, 840 - 560, "継続費に関する調書", 12)
    table = Ruled(paper, 40, 300, (190, 100, 100, 100, 100, 100))
    table.cross()
    table.row(heads)
    for _ in range(random.randint(8, 16)):
        cells = (project(random), *_amounts(random, 5))
        table.row(cells, figures=range(1, 6))
        known(paper, cells, heads)


def sources(paper: Paper, random: Random) -> None:
    """Heads of three rows (本年度の財源内訳), figures in full width, dashes for nothing."""
    paper.text(30, 44, "２款　総務費　　１項　総務管理費", 10)
    paper.text(480, 56, "単位：千円", 8)
    table = Ruled(paper, 24, 62, (104, 62, 62, 56, 62, 62, 62, 76), size=7.5, step=13)
    table.cross()
    top, table.rules = table.y, "none"
    table.row(("目", "本年度", "前年度", "比較", "本年度の財源内訳", "", "", ""))
    first = table.y
    table.row(("", "", "", "", "特定財源", "", "", "一般財源"))
    second = table.y
    table.row(("", "", "", "", "国県支出金", "地方債", "その他", ""))
    table.rules = "all"
    table.cross()
    paper.rule(table.edges[4], first, table.edges[8], first)
    paper.rule(table.edges[4], second, table.edges[7], second)
    for number, edge in enumerate(table.edges):
        begins = {5: second, 6: second, 7: first}.get(number, top)
        paper.rule(edge, begins, edge, table.y)
    heads = ("目", "本年度", "前年度", "比較", "国県支出金", "地方債", "その他", "一般財源")
    for number in range(1, random.randint(14, 24)):
        figures = [full_width(amount(random, signed=True)) for _ in range(7)]
        for place in random.sample(range(3, 7), 2):
            figures[place] = "－"
        cells = (f"{full_width(str(number))}　{random.choice(ITEMS)}", *figures)
        table.row(cells, figures=range(1, 8))
        known(paper, cells, heads)
    foot(paper)


def centred(paper: Paper, random: Random) -> None:
    """Labels in the middle of their tall cell; 説明 with projects as headings and wrapped lines."""
    paper.text(40, 44, "歳出予算説明書（単位：千円）", 10)
    widths = (90, 66, 92, 66, 150, 70)
    table = Ruled(paper, 30, 60, widths, size=8, step=13)
    heads = ("目", "予算額", "節", "金額", "説明", "金額")
    table.cross()
    table.row(("目", "予算額", "節", "金額", "説明", ""))
    while table.y < paper.height - 200:
        label, whole = f"{random.randint(1, 9)} {random.choice(ITEMS)}", amount(random)
        kinds = sorted(random.sample(list(enumerate(KINDS, start=1)), random.randint(2, 4)))
        lines = [(f"{n} {name}", amount(random)) for n, name in kinds]
        notes = [(f"{random.choice(THINGS)}{random.choice(NOTES)}", amount(random)) for _ in lines]
        tall = 2 * len(lines) + 1
        top, middle = table.y, table.y + table.step * tall / 2 + 3
        for row, (line, note) in enumerate(zip(lines, notes, strict=True)):
            y = top + table.step * (2 * row + 1.75)
            for column, text in enumerate((*line, *note), start=2):
                table.cell(column, y, text, right=column in {3, 5})
        # the label beside all of its lines, its amount on the first
        table.cell(0, middle, label)
        table.cell(1, top + table.step * 1.75, whole, right=True)
        table.y += table.step * tall
        table.sides(top, spans=(5,))
        table.cross()
        rows = [(*line, *note) for line, note in zip(lines, notes, strict=True)]
        paper.rows += [Row(paper.page, row, (label,), heads[2:]) for row in rows]
    foot(paper)


def wrapped_notes(paper: Paper, random: Random) -> None:
    """説明 that is wrapped, its amount on its last line; 節 without any beside it."""
    paper.text(40, 44, "（単位：千円）", 9)
    table = Ruled(paper, 30, 60, (110, 70, 110, 70, 170), size=8, step=12)
    heads = ("目", "予算額", "節", "金額", "説明")
    table.cross()
    table.row(heads)
    for number in range(1, random.randint(6, 10)):
        label, whole = f"{number} {random.choice(ITEMS)}", amount(random)
        kinds = sorted(random.sample(list(enumerate(KINDS, start=1)), 3))
        cells = (
            (label,),
            (whole,),
            tuple(f"{n} {name}" for n, name in kinds),
            tuple(amount(random) for _ in kinds),
            tuple(wrap(f"{project(random)}に係る{random.choice(SECTIONS)}の経費", 20)),
        )
        table.row(cells, figures=(1, 3))
        firsts = [*(cell[0] for cell in cells[:4]), "".join(cells[4])]
        paper.rows.append(Row(paper.page, tuple(firsts), (), heads))
        for row in (1, 2):
            paper.rows.append(Row(paper.page, (cells[2][row], cells[3][row]), (label,), heads[2:4]))
    foot(paper)


def headed_notes(paper: Paper, random: Random) -> None:
    """説明 by project: a mark and a name, the name wrapped or not, its items with amounts below."""
    paper.text(40, 44, "（単位：千円）", 9)
    table = Ruled(paper, 30, 60, (110, 70, 110, 70, 170), size=8, step=12)
    table.cross()
    table.row(("目", "予算額", "節", "金額", "説明"))
    for number in range(1, random.randint(5, 8)):
        label, top = f"{number} {random.choice(ITEMS)}", table.y
        kind = f"{number} {random.choice(KINDS)}"
        sums = amount(random), amount(random)
        notes = [(random.choice(NOTES), amount(random)) for _ in range(3)]
        title = f"○{random.choice(THINGS)}事業"
        for column, text in enumerate((label, sums[0], kind, sums[1], title)):
            table.cell(column, top + 9, text, right=column in {1, 3})
        for row, (note, figure) in enumerate(notes, start=1):
            table.cell(4, top + 9 + 12 * row, note)
            paper.put_right(table.edges[5] - 3, top + 9 + 12 * row, figure, 8)
            paper.lines[paper.page].append(figure)
            paper.rows.append(Row(paper.page, (note, figure), (label,), ("説明",)))
        table.y = top + 12 * 4 + 4
        table.sides(top)
        table.cross()
    foot(paper)


def gaps(paper: Paper, random: Random) -> None:
    """No rules, and cells that are empty: only their place says which column a figure is in."""
    paper.text(50, 50, "地区別の人口と世帯数", 12)
    heads = ("地区", "人口", "世帯", "転入", "転出")
    table = Ruled(paper, 50, 66, (110, 90, 90, 90, 90), rules="none")
    table.row(heads)
    for number in range(random.randint(12, 24)):
        cells = [f"{random.choice(PLACES)}第{number}地区", *_amounts(random, 4)]
        if random.random() < 0.5:
            cells[random.randint(2, 4)] = ""
        table.row(cells, figures=(1, 2, 3, 4))
        known(paper, cells, heads)
    foot(paper)
