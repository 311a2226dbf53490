"""Papers of words: lists of bills, reasons, plans, notices, forms."""

from random import Random

from benchmarks.papers.drawing import LEFT, Paper, Ruled
from benchmarks.papers.words import DEEDS, SECTIONS, SENTENCES, THINGS, amount, full_width, project

LONG = 100
"""Pages of the longest."""
_LINE = 20.0
_FULL = 40


def wrap(text: str, width: int = _FULL) -> list[str]:
    """Cut a paragraph as a page does."""
    return [text[start : start + width] for start in range(0, len(text), width)]


def foot(paper: Paper) -> None:
    """Print the page's number."""
    paper.put(290, paper.height - 30, f"- {paper.page} -")


def flow(paper: Paper, lines: list[str], *, size: float = 11, top: float = 70) -> None:
    """Draw lines from top to bottom over as many pages as they need."""
    y = top
    for line in lines:
        if y > paper.height - 70:
            foot(paper)
            paper.next_page()
            y = top
        if line:
            paper.text(LEFT, y, line, size)
        y += _LINE
    foot(paper)


def bills(paper: Paper, random: Random) -> None:
    """A list of bills: each looks like a heading, and none has a body."""
    lines = ["令和６年第２回みどり市議会定例会議案一覧", ""]
    for number in range(1, random.randint(25, 60)):
        kind = random.choice(("議案第{}号", "報告第{}号", "諮問第{}号", "承認第{}号"))
        thing = random.choice(THINGS)
        what = random.choice(
            (
                f"みどり市{thing}条例の一部を改正する条例の制定について",
                f"令和６年度みどり市一般会計補正予算（第{number}号）",
                f"{project(random)}請負契約の締結について",
                "みどり市教育委員会委員の任命につき同意を求めることについて",
            )
        )
        lines.append(f"{kind.format(full_width(str(number)))}　{what}")
    flow(paper, lines)


def reasons(paper: Paper, random: Random) -> None:
    """Reasons for bills: a bill as a heading, a short reason under it, some without."""
    lines = ["令和６年第２回定例会　提案理由", ""]
    for number in range(1, random.randint(10, 24)):
        thing = random.choice(THINGS)
        lines.append(f"議案第{full_width(str(number))}号")
        lines.append(f"みどり市{thing}の設置及び管理に関する条例の一部を改正する条例")
        if random.random() < 0.7:
            lines.append("（提案理由）")
            lines += wrap(
                f"　{thing}の使用料を改めるとともに、所要の規定の整備を行う必要があるため、"
                "この条例案を提出するものである。"
            )
        lines.append("")
    flow(paper, lines)


def bill_book(paper: Paper, random: Random) -> None:
    """A bill a page: the ordinance that it makes, tables and divisions that say nothing more."""
    for number in range(1, random.randint(5, 9)):
        thing = random.choice(THINGS)
        lines = [
            f"議案第{full_width(str(number))}号",
            f"みどり市{thing}条例の一部を改正する条例",
            f"　みどり市{thing}条例（平成{number}年条例第３号）の一部を次のように改正する。",
            "　第３条中「１０円」を「２０円」に改める。",
            f"別表第{full_width(str(number))}（第３条関係）",
            "附　則",
            "　この条例は、令和６年１０月１日から施行する。",
            "提案理由",
            f"　{thing}の使用料を改めるため、この案を提出するものである。",
            "令和６年６月１０日提出",
            "みどり市長　山田太郎",
        ]
        for row, line in enumerate(lines):
            paper.text(LEFT, 80 + 24 * row, line, 11)
        foot(paper)
        paper.next_page()


def contents(paper: Paper, random: Random) -> None:
    """A table of contents, and chapters of which some have no body."""
    titles = [(n, random.choice(THINGS), random.choice(DEEDS)) for n in range(1, 9)]
    lines = ["みどり市教育大綱", "", "目　次"]
    for number, thing, deed in titles:
        lines += [f"第{number}章　{thing}", f"　第{number}節　{thing}の{deed} ……………… {number + 2}"]
    for number, thing, deed in titles:
        lines += [f"第{number}章　{thing}", f"第{number}節　{thing}の{deed}"]
        if random.random() < 0.5:
            lines += wrap("　" + random.choice(SENTENCES))
    flow(paper, lines)


def goals(paper: Paper, random: Random) -> None:
    """A page for each goal: the same labels at the top of each, with other amounts."""
    for number in range(1, 7):
        paper.text(LEFT, 60, f"目標{number}　{random.choice(THINGS)}の利用を増やす", 14)
        paper.text(LEFT, 90, f"事業費　{amount(random)}千円", 11)
        paper.text(LEFT, 110, f"成果指標　{number * 10}件", 11)
        for row, line in enumerate(wrap("".join(random.sample(SENTENCES, 4)))):
            paper.text(LEFT, 140 + 20 * row, line, 11)
        paper.text(LEFT, 400, f"利用者　{random.randint(10, 99) + number}人", 11)
        foot(paper)
        paper.next_page()


def circled(paper: Paper, random: Random) -> None:
    """Amounts behind circled numbers: headings by their look, with nothing below them."""
    lines = [f"{random.choice(THINGS)}の整備について", "", "１　事業の概要"]
    lines += wrap("　" + random.choice(SENTENCES))
    for number in range(2, 7):
        lines.append(f"{full_width(str(number))}　{random.choice(DEEDS)}")
        for sign in "①②③④⑤"[: random.randint(1, 5)]:
            lines.append(f"{sign}整備時事業費　{full_width(amount(random))}円")
        if random.random() < 0.4:
            lines.append("（１）財源の内訳")
            lines.append("ア　国庫補助金")
    flow(paper, lines)


def plan(paper: Paper, random: Random) -> None:
    """A plan: chapters, sections, bullets, wrapped prose, a head that runs on every page."""
    lines = ["みどり市公共施設等総合管理計画", ""]
    for chapter in range(1, 5):
        lines.append(f"第{chapter}章　{random.choice(THINGS)}の現状と課題")
        for section in range(1, 4):
            lines.append(f"{section}　{random.choice(DEEDS)}の考え方")
            lines += wrap("　" + "".join(random.sample(SENTENCES, 3)))
            lines += [f"・{project(random)}" for _ in range(random.randint(0, 4))]
            if random.random() < 0.3:
                lines.append(f"（{section}）今後の取組")
    flow(paper, lines)


def two_columns(paper: Paper, random: Random) -> None:
    """A notice in two columns."""
    for _ in range(2):
        paper.text(LEFT, 60, f"議会だより　{random.choice(SECTIONS)}からのお知らせ", 14)
        columns = []
        for _ in range(2):
            lines: list[str] = []
            while len(lines) < 36:
                lines += [f"■{project(random)}", *wrap("　" + random.choice(SENTENCES), 20)]
            columns.append(lines[:36])
        for number, lines in enumerate(columns):
            for row, line in enumerate(lines):
                paper.text(LEFT + 250 * number, 95 + 19 * row, line, 11)
        foot(paper)
        paper.next_page()


def agenda(paper: Paper, random: Random) -> None:
    """The order of business of a meeting, on one page."""
    lines = ["第３回みどり市総合計画審議会　次第", "", "日時　令和６年７月１２日（金）午後２時から"]
    lines += ["場所　市役所４階　第１会議室", "", "１　開会", "２　会長あいさつ", "３　議題"]
    lines += [f"（{number}）{project(random)}について" for number in range(1, 5)]
    lines += ["４　その他", "５　閉会", "", "配付資料"]
    lines += [f"資料{number}　{random.choice(THINGS)}の利用状況" for number in range(1, 4)]
    flow(paper, lines, size=12)


def form(paper: Paper, random: Random) -> None:
    """An application form: ruled labels beside empty cells."""
    paper.text(220, 70, f"{random.choice(THINGS)}使用許可申請書", 14)
    paper.text(400, 100, "令和　　年　　月　　日", 11)
    paper.text(LEFT, 130, "みどり市長　様", 11)
    table = Ruled(paper, LEFT, 160, (120, 360), step=24)
    table.cross()
    for label in ("申請者の氏名", "住所", "電話番号", "使用の目的", "使用の日時", "備考"):
        table.row((label, random.choice(("", "", "（自署）"))))
    paper.text(LEFT, 340, "（注）太枠の中だけ記入してください。", 9)
    paper.text(LEFT, 360, random.choice(SENTENCES), 9)


def minutes(paper: Paper, random: Random) -> None:
    """Plain minutes."""
    lines = ["令和６年第２回みどり市議会定例会会議録（第３号）", "", "日時　令和６年６月１２日"]
    for number in range(1, 40):
        lines += wrap(
            f"◆{number % 9 + 1}番（鈴木花子君）　{random.choice(THINGS)}についてお尋ねします。"
        )
        lines += wrap(f"◎建設課長（佐藤次郎君）　{''.join(random.sample(SENTENCES, 2))}")
    flow(paper, lines)


def long_minutes(paper: Paper, random: Random) -> None:
    """Plain minutes of 100 pages, for the speed of reading."""
    while paper.page < LONG:
        minutes(paper, random)
        paper.next_page()


def slides(paper: Paper, random: Random) -> None:
    """A presentation: few words in large letters, in boxes placed anywhere."""
    for page in range(4):
        paper.box(0, 0, 842, 60, 0.85)
        paper.text(30, 42, f"{page + 1}．{project(random)}の進め方", 24)
        for number in range(4):
            x, y = 40 + 400 * (number % 2), 120 + 200 * (number // 2)
            paper.rule(x, y, x + 340, y, 1)
            paper.text(x + 10, y + 40, f"● {random.choice(THINGS)}の{random.choice(DEEDS)}", 18)
            paper.text(x + 10, y + 80, f"{amount(random)}千円", 18)
            paper.text(x + 10, y + 110, f"担当：{random.choice(SECTIONS)}", 14)
        paper.next_page()
