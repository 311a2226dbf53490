"""The README keeps its word, in both languages: its commands, settings, transcript and figures."""

import json
import re
import shlex
from html import escape
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from bot.answerer import Answerer
from bot.texts import JA
from cli.evaluation import questions
from cli.main import COMMANDS, kiroku
from docs.readme.kinds import QUESTIONS, kinds, unasked
from docs.readme.page import page
from docs.readme.thread import SETTING, as_json, turns
from docs.readme.transcripts import brought_up_to_date, commands
from index.search.searcher import Searcher
from index.settings import SETTINGS

ROOT = Path(__file__).parent.parent
READMES = ("README.md", "README.ja.md")
HEADS = {"README.md": "command", "README.ja.md": "コマンド"}
SETTING_HEADS = {"README.md": "setting", "README.ja.md": "設定"}
PAGES = (*READMES, "docs/quality.md")
PICTURE = "docs/images/slack-answer.png"
LARGEST_PICTURE = 400_000


def text_of(page: str) -> str:
    """Return the text of a page, by its path from the root."""
    return (ROOT / page).read_text(encoding="utf-8")


def fenced(page: str, language: str) -> list[str]:
    """Return the blocks of code of one language."""
    return re.findall(rf"^ *```{language}\n(.*?)^ *```$", text_of(page), re.MULTILINE | re.DOTALL)


def rows(page: str, head: str) -> list[list[str]]:
    """Return the cells of the first table whose first column has that head, without its head."""
    lines = text_of(page).splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith(f"| {head} |"))
    table = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        table.append([cell.strip() for cell in line.strip("|").split("|")])
    return table


def typed(page: str) -> list[list[str]]:
    """Return the arguments of every ``kiroku …`` that stands as code on a page."""
    code = [
        *fenced(page, "sh"),
        *fenced(page, "console"),
        *re.findall(r"`([^`\n]+)`", text_of(page)),
    ]
    lines = [line.strip().removeprefix("$ ") for part in code for line in part.splitlines()]
    return [shlex.split(line, comments=True)[1:] for line in lines if line.startswith("kiroku ")]


def options_of(name: str) -> set[str]:
    """Return the options that a command takes, as they are typed."""
    command = kiroku.get_command(click.Context(kiroku), name)
    assert command is not None
    return {option for parameter in command.params for option in parameter.opts}


@pytest.mark.slow
@pytest.mark.parametrize("page", READMES)
def test_the_transcript_is_what_the_commands_print(sample_index, page):
    """Run on the sample council's index, each command prints what stands below it.

    ``python -m docs.readme`` writes it anew.
    """

    def run(words):
        assert words[:4] == ["kiroku", "ask", "--data", "demo"]
        ended = CliRunner().invoke(kiroku, ["ask", "--data", str(sample_index), *words[4:]])
        assert ended.exit_code == 0, ended.output
        return ended.stdout

    assert brought_up_to_date(text_of(page), run) == text_of(page)


@pytest.mark.parametrize("page", READMES)
def test_the_transcript_shows_answers_and_a_decline(page):
    """Three questions are asked, of which the last is declined with what is nearest."""
    assert len(commands(text_of(page))) == 3
    (block,) = fenced(page, "console")
    answers, _, declined = block.rpartition("\n$ ")
    assert answers.count("\n[1] ") == 2
    assert JA.nearest in declined
    assert "[1]" not in declined


@pytest.mark.parametrize("page", READMES)
def test_the_readme_names_every_command_and_no_other(page):
    """The table lists the commands that there are; whatever else is typed is one of them."""
    listed = [cells[0].strip("`").split()[1] for cells in rows(page, HEADS[page])]
    assert sorted(listed) == sorted(COMMANDS)
    assert {words[0] for words in typed(page)} <= set(COMMANDS)


@pytest.mark.parametrize("page", PAGES)
def test_every_option_on_the_page_is_one_of_its_command(page):
    """``kiroku ask --from`` is an option of ``ask``; one named alone is of some command."""
    options = {name: options_of(name) for name in COMMANDS}
    for name, *words in typed(page):
        used = {word.partition("=")[0] for word in words if word.startswith("--")}
        assert used <= options[name], f"{page}: kiroku {name}"
    assert set(re.findall(r"`(--[a-z-]+)", text_of(page))) <= set().union(*options.values())


@pytest.mark.parametrize("page", READMES)
def test_the_readme_lists_every_setting_with_its_default(page):
    """The table has the settings that there are, in their order; no other name stands anywhere."""
    table = rows(page, SETTING_HEADS[page])
    names = [setting.name for setting in SETTINGS]
    assert [cells[0].strip("`") for cells in table] == names
    for setting, cells in zip(SETTINGS, table, strict=True):
        if setting.default:
            assert cells[2] == f"`{setting.default}`", setting.name
    assert set(re.findall(r"\b(?:KIROKU|SLACK)_[A-Z_]+", text_of(page))) == set(names)


def test_both_languages_show_the_same_figures():
    """The tables of quality agree: README, README.ja, and the first of docs/quality.md."""
    english = rows("README.md", "set")
    council = ["samples", "samples, close", "samples, short"]
    sets = ["five closed towns", *council, "Shinagawa", "Shinagawa, staff", "JaQuAD", "QMSum"]
    assert [cells[0] for cells in english] == sets
    assert rows("README.ja.md", "データ") == english
    figures = text_of("docs/quality.md").partition("## The figures")[2]
    for cells in english:
        assert f"| {' | '.join(cells)} |" in figures


def test_both_languages_have_the_same_parts_and_links():
    """What one README has, the other has: as many headings, and links to the same files."""
    counts = [re.findall(r"^#+ ", text_of(page), re.MULTILINE) for page in READMES]
    assert counts[0] == counts[1]
    links = [
        {target for target in re.findall(r"\]\(([^)]+)\)", text_of(page)) if target not in READMES}
        for page in READMES
    ]
    assert links[0] == links[1]


def test_the_picture_is_there_and_small_enough():
    """The first screen has its picture, a PNG that loads at once."""
    picture = (ROOT / PICTURE).read_bytes()
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    assert len(picture) < LARGEST_PICTURE
    assert all(f"]({PICTURE})" in text_of(page) for page in READMES)


@pytest.mark.slow
def test_the_picture_shows_what_the_bot_says(sample_index, embedder):
    """The blocks that it was drawn from are those of today; ``python -m docs.readme`` draws it."""
    asked = turns(Answerer(Searcher.open(sample_index, embedder)))
    assert json.loads(text_of(PICTURE.replace(".png", ".json"))) == json.loads(as_json(asked))


@pytest.mark.slow
def test_a_message_of_each_kind_can_be_drawn(sample_index, embedder):
    """Whatever blocks the bot's messages are made of, the page that shows them knows."""
    searcher = Searcher.open(sample_index, embedder)
    asked, told = kinds(searcher), unasked(searcher)
    drawn = page(SETTING, [*asked, *told])
    assert len({json.dumps(turn.blocks) for turn in (*asked, *told)}) == len(QUESTIONS) + 3
    assert all(escape(text.splitlines()[0]) in drawn for text, _ in QUESTIONS)
    assert drawn.count('class="message"') == 2 * len(QUESTIONS) + 3


def test_the_example_of_questions_can_be_evaluated():
    """The lines shown in docs/quality.md are what ``kiroku evaluate`` reads, of both kinds."""
    (example,) = fenced("docs/quality.md", "json")
    cases = questions.read_cases(example.splitlines())
    assert [case.answerable for case in cases] == [True, True, False]
    assert all(json.loads(line)["gold"] for line in example.splitlines()[:2])
