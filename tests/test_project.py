"""What holds for the whole project: its layout, its seams, and that everything is documented."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

from cli import reference
from cli.main import COMMANDS
from index import errors
from index.settings import SETTINGS

ROOT = Path(__file__).parent.parent
PACKAGES = ("bot", "cli", "index", "ingest", "samples")
MODULES = sorted(path for name in PACKAGES for path in (ROOT / name).rglob("*.py"))
SOURCES = [path for path in MODULES if path.parts[len(ROOT.parts)] != "samples"]
VAGUE = re.compile(r"(^|_)(utils?|helpers?|common|base|managers?|misc)$")
SUPPRESSED = re.compile(r"# (noqa: [A-Z]+\d+(?:, [A-Z]+\d+)*|type: ignore\[[^]]+\])(.*)")
FOLDERS = sorted({path.parent for path in MODULES})
MOST_MODULES = 18
LONGEST_MODULE = 300
LONGEST_FUNCTION = 50
MOST_PARAMETERS = 6


def name_of(path: Path) -> str:
    """Return a module's path from the root, as the name of a test."""
    return path.relative_to(ROOT).as_posix()


def tree_of(path: Path) -> ast.Module:
    """Return a module's syntax tree."""
    return ast.parse(path.read_text("utf-8"))


def functions(tree: ast.Module) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Return all functions and methods of a module."""
    kinds = ast.FunctionDef | ast.AsyncFunctionDef
    return [node for node in ast.walk(tree) if isinstance(node, kinds)]


def documentation() -> str:
    """Return the text of the pages in docs/."""
    return "\n".join(page.read_text("utf-8") for page in sorted(ROOT.glob("docs/*.md")))


@pytest.mark.parametrize(
    "name",
    [
        ".ci/run",
        ".env.example",
        ".gitignore",
        ".pre-commit-config.yaml",
        "CHANGELOG.md",
        "Dockerfile",
        "LICENSE",
        "Makefile",
        "NOTICE",
        "README.md",
        "README.ja.md",
        "docker-compose.yml",
        "docs/architecture.md",
        "docs/commands.md",
        "docs/deployment.md",
        "pyproject.toml",
        "samples/questions.jsonl",
        "slack/manifest.yaml",
    ],
)
def test_the_files_that_people_look_for_are_there(name: str) -> None:
    """Each exists and says something."""
    assert (ROOT / name).read_text("utf-8").strip()


@pytest.mark.parametrize("name", PACKAGES)
def test_every_package_says_what_it_is_and_is_typed(name: str) -> None:
    """A docstring for people, py.typed for type checkers."""
    assert ast.get_docstring(tree_of(ROOT / name / "__init__.py"))
    assert (ROOT / name / "py.typed").is_file()


@pytest.mark.parametrize("folder", FOLDERS, ids=name_of)
def test_every_folder_is_a_room_with_a_name_on_its_door(folder: Path) -> None:
    """Its docstring says its idea, and it holds no more modules than can be looked over."""
    assert ast.get_docstring(tree_of(folder / "__init__.py"))
    modules = [path for path in folder.glob("*.py") if path.stem not in {"__init__", "__main__"}]
    assert len(modules) <= MOST_MODULES


def test_no_module_has_a_name_that_says_nothing() -> None:
    """A module is named for the one thing that it is about."""
    assert [name_of(path) for path in MODULES if VAGUE.search(path.stem)] == []


def test_modules_stay_short() -> None:
    """What grows beyond this is about more than one thing."""
    lengths = {name_of(path): path.read_text("utf-8").count("\n") for path in SOURCES}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_MODULE} == {}


def test_functions_stay_short_and_take_few_parameters() -> None:
    """What grows beyond this has a missing idea in it."""
    found = []
    for path in SOURCES:
        for function in functions(tree_of(path)):
            lines = (function.end_lineno or function.lineno) - function.lineno + 1
            parameters = [*function.args.args, *function.args.kwonlyargs]
            own = [argument for argument in parameters if argument.arg not in {"self", "cls"}]
            if lines > LONGEST_FUNCTION or len(own) > MOST_PARAMETERS:
                found.append(
                    f"{name_of(path)} {function.name}: {lines} lines, {len(own)} parameters"
                )
    assert found == []


def test_settings_are_read_at_the_entry_point_only() -> None:
    """No module below cli/ looks into the environment; settings are passed in."""
    reading = re.compile(r"\bos\.(environ|getenv)\b")
    below = [path for path in SOURCES if path.relative_to(ROOT).parts[0] != "cli"]
    found = [name_of(path) for path in below if reading.search(path.read_text("utf-8"))]
    # what it hands on to programs that it starts is no setting of its own
    assert found == ["ingest/processes/environment.py"]


def test_nothing_is_left_to_do_later_in_the_code() -> None:
    """No marks of unfinished work."""
    marks = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|raise NotImplementedError")
    assert [name_of(path) for path in SOURCES if marks.search(path.read_text("utf-8"))] == []


def test_every_suppressed_warning_gives_its_reason() -> None:
    """On the line, in a comment right above, or where the file suppresses the same one first."""
    found = []
    for path in SOURCES:
        explained: set[str] = set()
        above = ""
        for line in path.read_text("utf-8").splitlines():
            if suppressed := SUPPRESSED.search(line):
                rule, reason = suppressed.groups()
                if reason.strip(" -()#:") or above.startswith("#"):
                    explained.add(rule)
                elif rule not in explained:
                    found.append(f"{name_of(path)}: {line.strip()}")
            above = line.strip()
    assert found == []


def test_the_tree_of_errors_is_complete() -> None:
    """``__all__`` lists every error, and each is a KirokuError that the docstring draws."""
    defined = {
        name: value
        for name, value in vars(errors).items()
        if isinstance(value, type) and issubclass(value, Exception)
    }
    assert sorted(errors.__all__) == sorted(defined)
    for name, error in defined.items():
        assert issubclass(error, errors.KirokuError)
        assert name.endswith("Error")
        assert name in (errors.__doc__ or "")


def test_errors_raised_on_purpose_are_of_the_tree() -> None:
    """Nobody raises a bare Exception."""
    for path in SOURCES:
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
                raised = ast.unparse(node.exc.func)
                assert raised not in {"Exception", "BaseException"}, path


def test_the_help_in_the_documentation_is_up_to_date() -> None:
    """docs/commands.md holds the help and the settings of today: `make docs` writes them."""
    page = (ROOT / "docs" / "commands.md").read_text("utf-8")
    assert page == reference.brought_up_to_date(page)


@pytest.mark.parametrize("page", ["README.md", "docs/commands.md"])
def test_every_command_is_documented(page: str) -> None:
    """Each command stands on both pages as one would type it."""
    text = (ROOT / page).read_text("utf-8")
    assert [name for name in COMMANDS if f"kiroku {name}" not in text] == []


def test_every_setting_is_documented() -> None:
    """Each setting stands in the documentation and in the example of .env."""
    text, example = documentation(), (ROOT / ".env.example").read_text("utf-8")
    names = [setting.name for setting in SETTINGS]
    assert [name for name in names if name not in text or name not in example] == []


def test_every_command_has_its_module() -> None:
    """Commands and their modules are the same list: none is left over."""
    modules = {path.stem for path in (ROOT / "cli" / "commands").glob("[a-z]*.py")}
    assert modules == set(COMMANDS)


def test_every_ignored_rule_gives_its_reason() -> None:
    """Each line of ruff's ignore lists carries a comment."""
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    rules = re.findall(r'^  "[A-Z]+\d*",(.*)$', text, flags=re.MULTILINE)
    assert rules
    assert all(comment.strip().startswith("#") for comment in rules)


def test_the_package_ships_what_the_commands_need() -> None:
    """The sample council and its questions are package data; the command has its entry point."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert project["project"]["scripts"] == {"kiroku": "cli.main:main"}
    shipped = project["tool"]["setuptools"]["package-data"]["samples"]
    assert {"council/**/*", "questions.jsonl"} <= set(shipped)


def test_links_in_the_documentation_lead_somewhere() -> None:
    """Every relative link of the pages names a file that exists."""
    for page in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]:
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text("utf-8")):
            if "://" not in target and not target.startswith("mailto:"):
                assert (page.parent / target).exists(), f"{page.name}: {target}"


@pytest.mark.parametrize("page", ["docs/architecture.md", "docs/contributing.md", "README.md"])
def test_paths_that_a_page_names_are_there(page: str) -> None:
    """Whoever comes new opens what is named."""
    named = re.findall(
        r"`((?:bot|cli|index|ingest|tests|benchmarks|docs|slack|samples)/[\w./-]*)`",
        (ROOT / page).read_text("utf-8"),
    )
    assert [path for path in named if not (ROOT / path).exists()] == []
    assert named
