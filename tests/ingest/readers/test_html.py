"""Web pages: ordinances, minutes and town sites as they are published."""

import pytest

from index.errors import ReadingError
from ingest.readers.find import read_source

SPEECH = "○議長（南条一郎君）　これより会議を開きます。"


def source_of(tmp_path, html, name="page.html", encoding="utf-8"):
    """Return what is read from a page."""
    path = tmp_path / name
    path.write_bytes(html.encode(encoding))
    return read_source(path)


def texts_of(tmp_path, html, **more):
    """Return the texts of a page's lines."""
    return [line.text for line in source_of(tmp_path, html, **more).lines]


@pytest.mark.parametrize("encoding", ["utf-8", "cp932", "euc_jp", "iso2022_jp", "utf-16"])
def test_a_page_is_decoded_by_its_bytes_and_not_by_what_it_says(tmp_path, encoding):
    """The encoding named in a page is often wrong; the text comes out right all the same."""
    html = f"<html><head><meta charset='x-sjis'></head><body><p>{SPEECH}</p></body></html>"
    assert texts_of(tmp_path, html, encoding=encoding) == [SPEECH]


def test_what_a_reader_does_not_see_is_left_out(tmp_path):
    """Scripts, styles, hidden parts, comments, form fields and readings of ruby are no text."""
    html = """<html><head><style>p{}</style><title>会議録</title></head><body>
    <script>var a = "<p>隠し</p>";</script><!-- 注記 --><p hidden>見えない</p>
    <div style="display: none">見えない</div><span aria-hidden="true">×</span>
    <p><ruby>中嶋<rp>（</rp><rt>なかじま</rt><rp>）</rp></ruby>会長から説明があった。</p>
    <form><select><option>選択肢</option></select><textarea>入力</textarea></form>
    <template><p>型</p></template><noscript>JavaScriptを有効にしてください</noscript>
    </body></html>"""
    source = source_of(tmp_path, html)
    assert [line.text for line in source.lines] == ["中嶋会長から説明があった。"]
    assert source.title == "会議録"


def test_the_site_around_the_text_is_left_out(tmp_path):
    """Header, menus, breadcrumbs, related links and footer of the site are not the document."""
    html = """<html><head><title>第20回審議会 議事録｜南条市</title></head><body>
    <header><h1><a href="/">南条市</a></h1><a href="/a">くらし</a></header>
    <div class="topicPath"><a href="/">ホーム</a> &gt; <a href="/b">審議会</a> &gt; 議事録</div>
    <div id="side_menu"><ul><li><a href="/c">会議の一覧</a></li></ul></div>
    <main><h1>第20回審議会 議事録</h1><p>会長が開会を宣言した。</p>
    <p><a href="#top">ページの先頭へ</a></p></main>
    <aside><a href="/d">関連するページ</a></aside>
    <footer><p>南条市役所</p><a href="/e">プライバシー</a></footer></body></html>"""
    source = source_of(tmp_path, html)
    assert [(line.text, line.level) for line in source.lines] == [
        ("第20回審議会 議事録", 1),
        ("会長が開会を宣言した。", None),
    ]
    assert source.title == "第20回審議会 議事録"


def test_breadcrumbs_and_menus_named_so_are_left_out(tmp_path):
    """What is called a menu and is full of links goes, wherever it stands."""
    html = f"""<html><body><div class="breadcrumb"><a href="/">ホーム</a> &gt; 議会</div>
    <p>{SPEECH}</p><ul class="side-menu"><li><a href="/a">議員</a></ul><p>散会した。</p></body>"""
    assert texts_of(tmp_path, html) == [SPEECH, "散会した。"]


def test_menus_of_a_page_without_landmarks_are_left_out_at_its_edges(tmp_path):
    """Old pages set menus in a layout table; the links before and after the text go."""
    html = """<html><body><table><tr><td><a href="a">ホーム</a><br><a href="b">議員紹介</a><br>
    <a href="c">検索</a></td><td><p>令和4年第3回定例会</p><p>○議長　会議を開きます。</p>
    <p>資料は<a href="d.html">こちら</a>である。</p></td></tr></table></body></html>"""
    assert texts_of(tmp_path, html) == [
        "令和4年第3回定例会",
        "○議長　会議を開きます。",
        "資料はこちらである。",
    ]


@pytest.mark.parametrize(
    "html",
    [
        f"<body><p>{SPEECH}</p><main><a href='/'>戻る</a></main></body>",
        f"<body><div class='menu'><p>{SPEECH}</p></div><p>令和4年</p></body>",
        f"<body><footer><p>{SPEECH}</p><a href='/'>戻る</a></footer></body>",
        f"<body><div class='content'>{'長い文である。' * 9}</div><div>{SPEECH * 2}</div></body>",
        f"<body><header><p>{SPEECH}</p></header></body>",
    ],
)
def test_sentences_are_never_taken_for_the_site(tmp_path, html):
    """Whatever a part is called, one that holds a good share of the sentences stays."""
    assert SPEECH in "".join(texts_of(tmp_path, f"<html>{html}</html>"))


def test_the_name_of_the_document_outside_of_its_main_part_stays(tmp_path):
    """A first heading in the page's header is kept where the main part has none."""
    html = f"<html><body><header><h1>議事録</h1></header><main><p>{SPEECH}</p></main></body>"
    assert texts_of(tmp_path, html) == ["議事録", SPEECH]


def test_what_stands_around_the_articles_of_an_ordinance_stays(tmp_path):
    """Parts that are only called article or content are not all of the document."""
    html = f"""<html><body><div class="title">南条市防災条例</div><div>令和4年条例第1号</div>
    <div class="article">{"第1条　この条例は、防災について定める。" * 9}</div>
    <div class="supplement">附則</div><div>公布の日</div></body></html>"""
    texts = texts_of(tmp_path, html)
    assert texts[:2] == ["南条市防災条例", "令和4年条例第1号"]
    assert texts[-2:] == ["附則", "公布の日"]


def test_a_list_of_papers_at_the_end_stays(tmp_path):
    """Links to documents are the paper's own contents, not a menu."""
    links = "".join(f"<li><a href='{n}.pdf'>資料{n}　計画案</a></li>" for n in range(1, 5))
    html = f"<html><body><p>{SPEECH}</p><ul>{links}</ul></body></html>"
    assert texts_of(tmp_path, html)[1:] == [f"資料{n}　計画案" for n in range(1, 5)]


def test_lines_end_where_a_browser_ends_them(tmp_path):
    """Blocks and br end lines; inline elements and line ends of the source do not."""
    html = """<html><body><div>○会長　本日の<b>議題</b>は
    次のとおりである。<br>一つ目である。<p>二つ目の<span>文</span>である。</div></body></html>"""
    assert texts_of(tmp_path, html) == [
        "○会長　本日の議題は次のとおりである。",
        "一つ目である。",
        "二つ目の文である。",
    ]


def test_a_blank_that_may_not_be_broken_parts_label_and_value(tmp_path):
    """&nbsp; between Japanese words is read as U+3000, in English as a blank."""
    html = "<html><body><p>日時&nbsp;&nbsp;令和4年</p><p>Item&nbsp;4 was agreed.</p></body>"
    assert texts_of(tmp_path, html) == ["日時　令和4年", "Item 4 was agreed."]


def test_text_wrapped_by_hand_in_pre_is_joined(tmp_path):
    """Lines of a fixed width inside pre are made into sentences again."""
    speech = (
        "それでは、定刻となりましたので、ただいまから第二回まちづくり審議会を開催いたします。"
        "本日の出席委員は八名でございまして、定足数に達しておりますので、会議は成立しております。"
        "次に、会議録署名委員の指名でございますが、会長において指名することとします。"
    )
    wrapped = "\n".join(speech[at : at + 36] for at in range(0, len(speech), 36))
    html = f"<html><body><pre>\n議事録\n\n○会長　{wrapped}\n○委員　異議なし。\n</pre></body>"
    assert texts_of(tmp_path, html) == ["議事録", f"○会長　{speech}", "○委員　異議なし。"]


def test_lines_of_pre_that_are_not_wrapped_stay(tmp_path):
    """A list inside pre keeps its lines."""
    html = "<html><body><pre>出席委員\n中嶋太郎\n玉巻花子\n</pre></body></html>"
    assert texts_of(tmp_path, html) == ["出席委員", "中嶋太郎", "玉巻花子"]


def test_headings_have_a_level(tmp_path):
    """h1 to h6 are headings, a sentence marked as one for its size is not."""
    html = "<html><body><h1>報告書</h1><h3>概要</h3><h4>本文をここに記す。</h4></body></html>"
    assert [line.level for line in source_of(tmp_path, html).lines] == [1, 3, None]


def test_rows_of_data_have_cells(tmp_path):
    """A table of data is read row by row; merged cells stand in each row and column they cover."""
    html = """<html><body><table border="1"><caption>歳出（千円）</caption>
    <thead><tr><th>款</th><th colspan="2">金額</th></tr></thead>
    <tr><td rowspan="2">土木費</td><td>道路</td><td>100</td></tr>
    <tr><td>河川</td><td>50<br>（うち補助20）</td></tr></table></body></html>"""
    lines = source_of(tmp_path, html).lines
    assert [(line.cells or line.text, line.header) for line in lines] == [
        ("歳出（千円）", False),
        (("款", "金額", "金額"), True),
        (("土木費", "道路", "100"), False),
        (("土木費", "河川", "50 （うち補助20）"), False),
    ]


def test_a_cell_over_rows_that_are_missing_ends_with_them(tmp_path):
    """A rowspan holds for the rows that it names, also where a row is too short to show it."""
    html = """<html><body><table border=1><tr><th>a<th>b<th>c</tr>
    <tr><td>1<td>2<td rowspan=2>甲</tr><tr><td>3</tr><tr><td>4<td>5</tr></table></body>"""
    rows = [line.cells for line in source_of(tmp_path, html).lines]
    assert rows == [("a", "b", "c"), ("1", "2", "甲"), ("3", "", ""), ("4", "5", "")]


@pytest.mark.parametrize(
    "table",
    [
        f"<table><tr><td>{SPEECH}</td></tr><tr><td>次の文である。</td></tr></table>",
        f"<table><tr><td><table><tr><td>{SPEECH}</td></tr></table></td><td>次の文である。</td>",
        f"<table><tr><td><p>{SPEECH}</p><p>次の文である。</p></td><td></td></tr></table>",
        f"<table role='presentation' border=1><tr><td>{SPEECH}<td>次の文である。</table>",
    ],
)
def test_a_table_that_only_places_text_reads_as_text(tmp_path, table):
    """One cell wide, nested, full of paragraphs or marked so: its cells are paragraphs."""
    lines = source_of(tmp_path, f"<html><body>{table}</body></html>").lines
    assert [(line.text, line.cells) for line in lines] == [(SPEECH, ()), ("次の文である。", ())]


def test_a_ruled_table_of_prose_keeps_its_columns(tmp_path):
    """Old and new text side by side are not run together, however long they are."""
    old, new = "<p>委員は、五人とする。</p>" * 2, "<p>委員は、七人とする。</p>" * 2
    html = f"<html><body><table border=1><tr><td>{new}</td><td>{old}</td></tr></table></body>"
    (line,) = source_of(tmp_path, html).lines
    assert line.cells == (
        "委員は、七人とする。 委員は、七人とする。",
        "委員は、五人とする。 委員は、五人とする。",
    )


def test_lists_are_read_as_they_are_shown(tmp_path):
    """Numbers that the browser makes are written out; those in the text are not doubled."""
    html = """<html><body><ol start="3"><li>甲案<li>乙案</ol><ol type="a"><li>丙案</ol>
    <ol><li>（1）丁案</ol><ol style="list-style:none"><li>戊案</ol><ul><li>己案</ul>
    <ol type=I><li value=4><p>庚案</p></ol></body></html>"""
    assert texts_of(tmp_path, html) == [
        "3. 甲案",
        "4. 乙案",
        "a. 丙案",
        "（1）丁案",
        "戊案",
        "己案",
        "IV. 庚案",
    ]


def test_a_term_and_what_it_means_stand_in_one_line(tmp_path):
    """A definition list reads as label and value."""
    html = "<html><body><dl><dt>日時</dt><dd>令和4年12月20日</dd><dt>場所<dd>市役所</dl></body>"
    assert texts_of(tmp_path, html) == ["日時　令和4年12月20日", "場所　市役所"]


@pytest.mark.parametrize(
    "article",
    [
        '<div><span class="num">第2条</span><span>町長は、別に定める。</span></div>',
        '<div><div class="num">第2条</div><div><p>町長は、別に定める。</p></div></div>',
        "<p><b>第2条</b>　町長は、別に定める。</p>",
        "<table><tr><td>第2条</td><td>町長は、別に定める。</td></tr></table>",
    ],
)
def test_the_number_of_an_article_stands_before_its_text(tmp_path, article):
    """However a page sets the number apart, number and text are one line with U+3000 between."""
    html = f"<html><body>{article}</body></html>"
    assert texts_of(tmp_path, html) == ["第2条　町長は、別に定める。"]


def test_numbers_of_paragraphs_and_items_stand_before_their_text(tmp_path):
    """Paragraphs (2) and items ((1), ア) have their numbers in elements of their own too."""
    html = """<html><body><p><a name="a2">第2条</a>の規定による。</p>
    <div class="k"><div>2</div><div><p>前項の規定は、適用しない。</p></div></div>
    <table><tr><td>(1)</td><td>市長をいう。</td></tr><tr><td>(2)</td><td>議会をいう。</td></tr>
    </table><p><span class="n">ア</span><span>部会をいう。</span></p>
    <p><b>3</b>月の会議とする。</p></body></html>"""
    assert texts_of(tmp_path, html) == [
        "第2条の規定による。",
        "2　前項の規定は、適用しない。",
        "(1)　市長をいう。",
        "(2)　議会をいう。",
        "ア　部会をいう。",
        "3月の会議とする。",
    ]


def test_a_line_knows_the_nearest_anchor_before_it(tmp_path):
    """What is cited can be linked to: the id or name that stands at or before the words."""
    html = """<html><body><p>前文である。</p><p id="j1">第1条である。</p><p>続きである。<br>
    <a name="j2"></a>第2条である。</p></body></html>"""
    anchors = [line.locator and line.locator.anchor for line in source_of(tmp_path, html).lines]
    assert anchors == [None, "j1", "j1", "j2"]


def test_struck_out_text_is_left_out_and_told(tmp_path):
    """What was struck out no longer holds; what was inserted does, and the warning counts."""
    source = source_of(tmp_path, "<html><body><p><del>五人</del><ins>七人</ins>とする。</p></body>")
    assert [line.text for line in source.lines] == ["七人とする。"]
    assert "struck out" in source.warnings[0]


def test_frames_are_told(tmp_path):
    """A page beside a frame says that the frame is another file; one of frames only is refused."""
    html = f"<html><body><p>{SPEECH}</p><iframe src='menu.html'></iframe></body></html>"
    assert "frames" in source_of(tmp_path, html).warnings[0]
    html = "<html><frameset cols='1,2'><frame src='a.html'><frame src='b.html'></frameset></html>"
    with pytest.raises(ReadingError, match="frames: ingest those"):
        source_of(tmp_path, html)


def test_a_page_without_text_says_what_to_do(tmp_path):
    """A page that a program fills in the browser has no text of its own."""
    with pytest.raises(ReadingError, match="print it to PDF"):
        source_of(tmp_path, "<html><body><div id='app'></div></body></html>")


def test_a_page_saved_with_all_its_parts_is_read(tmp_path):
    """The page in a file as browsers save it (.mht) is found among its pictures."""
    body = f"<html><body><p>{SPEECH}</p></body></html>".encode("cp932")
    quoted = "".join(f"={byte:02X}" for byte in body)
    lines = [quoted[at : at + 60] + "=" for at in range(0, len(quoted), 60)]
    head = (
        "From: <Saved by a browser>\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; boundary="x"\r\n\r\n'
        "--x\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    )
    path = tmp_path / "page.mht"
    path.write_text(head + "\r\n".join(lines) + "\r\n--x--\r\n", newline="")
    assert [line.text for line in read_source(path).lines] == [SPEECH]


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000 + SPEECH,
        "<span>" * 100_000 + SPEECH + "</span>" * 100_000,
        "<table><tr><td>" * 20_000 + SPEECH,
    ],
)
def test_a_page_nested_without_end_is_refused(tmp_path, html):
    """Elements nested so deep that reading would take hours are named as such."""
    with pytest.raises(ReadingError, match="nested too deeply"):
        source_of(tmp_path, f"<html><body>{html}")


def test_a_deep_page_is_read(tmp_path):
    """Nesting far beyond what recursion could take is no hindrance."""
    html = "<html><body>" + "<table><tr><td>" * 2000 + SPEECH
    assert texts_of(tmp_path, html) == [SPEECH]


@pytest.mark.parametrize(
    ("name", "html"),
    [
        ("page.txt", f"\n<!-- saved --><HTML><BODY>{SPEECH}</BODY></HTML>"),
        ("page", f"<?xml version='1.0'?>\n<!DOCTYPE html><html><body>{SPEECH}</body></html>"),
        ("part.htm", f"<p>{SPEECH}</p>"),
        ("part.htm", f"{SPEECH}<br>"),
    ],
)
def test_a_page_is_known_by_what_is_in_it(tmp_path, name, html):
    """A page under another name, or a piece of a page named as one, is read as a page."""
    assert texts_of(tmp_path, html, name=name) == [SPEECH]


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("ページが見つかりません | みどり市", "<p>お探しのページは移動した可能性があります。</p>"),
        ("検索結果一覧", "<p>38件中1～10件</p><p>令和5年定例会 ○議長（田上一郎）</p>"),
        ("みどり市議会会議録検索システム", "<p>会議録を検索する</p><p>利用方法</p>"),
        ("404 Not Found", "<h1>Not Found</h1>"),
    ],
)
def test_a_page_on_the_way_to_a_document_is_none(tmp_path, title, body):
    """Results, entrances and missing pages are refused with what to do."""
    html = f"<html><head><title>{title}</title></head><body>{body}</body></html>"
    with pytest.raises(ReadingError, match="it holds no document"):
        source_of(tmp_path, html)


def test_minutes_shown_by_a_search_system_are_a_document(tmp_path):
    """The page of one sitting has speeches; its title is the sitting's, not what the site does."""
    html = (
        "<html><head><title>閲覧 | 令和５年 第３回定例会 会議録</title></head><body>"
        f"<h1>みどり市議会会議録検索システム</h1><p>{SPEECH}</p></body></html>"
    )
    assert source_of(tmp_path, html).title == "令和５年 第３回定例会 会議録"


def test_a_term_that_asks_stands_above_its_answer(tmp_path):
    """Questions in a definition list are headings, each with its answer below."""
    html = (
        "<html><body><dl><dt>再編はいつですか。</dt><dd>令和9年4月です。</dd>"
        "<dt>バスは出る？</dt><dd>3路線です。</dd></dl></body></html>"
    )
    lines = source_of(tmp_path, html).lines
    assert [(line.text, line.level is not None) for line in lines] == [
        ("再編はいつですか。", True),
        ("令和9年4月です。", False),
        ("バスは出る？", True),
        ("3路線です。", False),
    ]
