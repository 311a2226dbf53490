"""The image and the Compose file hold together: every path, command and variable in them exists."""

import re
import shlex
from pathlib import Path

import pytest
import yaml

from cli.main import COMMANDS, kiroku
from dependencies.lock import CPU_WHEELS
from index.settings import SETTINGS

ROOT = Path(__file__).parent.parent
NAMES = {setting.name for setting in SETTINGS}
SECRETS = {setting.name for setting in SETTINGS if setting.secret}
TOKEN = re.compile(r"xox[abp]-\w|xapp-\w|sk-\w{8}")


def instructions() -> list[tuple[str, str]]:
    """Return the Dockerfile as (instruction, arguments), continued lines joined."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    kept = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    joined = re.sub(r"\s*\\\n\s*", " ", "\n".join(kept))
    return [(line.split()[0], line.split(maxsplit=1)[1]) for line in joined.splitlines()]


def arguments(name: str) -> list[str]:
    """Return the arguments of every instruction of that name, in order."""
    return [rest for instruction, rest in instructions() if instruction == name]


def compose() -> dict[str, dict[str, dict[str, object]]]:
    """Return the parsed Compose file."""
    parsed: dict[str, dict[str, dict[str, object]]] = yaml.safe_load(
        (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    )
    return parsed


def exec_form(text: str) -> list[str]:
    """Return the words of an instruction in exec form (a JSON list)."""
    words: list[str] = yaml.safe_load(text)
    return words


def assert_is_a_command(words: list[str]) -> None:
    """Check that these words after ``kiroku`` parse as a command line of today's options."""
    name, *rest = words
    assert name in COMMANDS
    whole = kiroku.make_context("kiroku", ["status"])
    command = kiroku.get_command(whole, name)
    assert command is not None
    paths = {"/documents": str(ROOT)}
    words = [paths.get(word, word) for word in rest]
    command.make_context(name, words, parent=whole, resilient_parsing=False)


def test_the_image_starts_from_a_python_that_the_package_takes() -> None:
    """The base image is a slim Python 3.11."""
    assert arguments("FROM") == ["python:3.11-slim"]


def test_every_copied_path_is_there_and_reaches_the_build() -> None:
    """What the Dockerfile copies exists and is not held back by .dockerignore."""
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert "*" in ignored
    for line in arguments("COPY"):
        for source in shlex.split(line)[:-1]:
            assert (ROOT / source).exists(), source
            assert f"!{source}" in ignored, source


def test_every_package_is_copied() -> None:
    """A package of the project that is missing in the image would only show at its first start."""
    copied = {word for line in arguments("COPY") for word in shlex.split(line)[:-1]}
    packages = {path.parent.name for path in ROOT.glob("*/py.typed")}
    assert packages <= copied


def test_the_image_takes_only_the_files_that_were_tested() -> None:
    """On x86-64 all comes from the lock, by hash; building Kiroku itself fetches nothing more."""
    fetching, building = (line for line in arguments("RUN") if "pip install" in line)
    locked, other = (line.split("else")[0] for line in (fetching, building))
    assert "uname -m" in locked
    assert "--require-hashes" in locked
    assert "-r requirements.lock" in locked
    assert f"--extra-index-url {CPU_WHEELS} " in locked
    assert "--no-deps --no-build-isolation" in other


def test_the_image_runs_a_real_command_not_as_root() -> None:
    """It ends as another user than root and starts ``kiroku`` with a command that exists."""
    assert arguments("USER")[-1] not in {"root", "0"}
    assert exec_form(arguments("ENTRYPOINT")[-1]) == ["kiroku"]
    assert_is_a_command(exec_form(arguments("CMD")[-1]))


def test_the_image_checks_its_health_with_a_real_command() -> None:
    """The health check is ``kiroku`` with an option that exists."""
    health = arguments("HEALTHCHECK")[-1].split("CMD", maxsplit=1)[1]
    program, *words = exec_form(health)
    assert program == "kiroku"
    assert_is_a_command(words)


def test_the_image_sets_known_variables_and_no_secret() -> None:
    """ENV names settings of Kiroku or pip's and Python's own, and none that is secret."""
    names = {word.split("=")[0] for line in arguments("ENV") for word in shlex.split(line)}
    assert {name for name in names if not name.startswith(("PIP_", "PYTHON"))} <= NAMES
    assert not names & SECRETS


@pytest.mark.parametrize("name", ["Dockerfile", "docker-compose.yml", ".env.example"])
def test_no_file_of_the_deployment_holds_a_token(name: str) -> None:
    """Nothing that looks like a token stands in a committed file."""
    assert not TOKEN.search((ROOT / name).read_text(encoding="utf-8"))


def test_env_files_stay_out_of_the_image() -> None:
    """``.env`` is not let through .dockerignore and is ignored by git."""
    let_through = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert not [line for line in let_through if line.startswith("!.env")]
    assert ".env" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()


def test_compose_has_the_bot_a_watch_backups_and_a_one_shot_ingest() -> None:
    """The bot and the watch come up again by themselves; the others run only when asked for."""
    services = compose()["services"]
    assert set(services) == {"bot", "watch", "ingest", "backup"}
    assert services["backup"]["profiles"] == ["backup"]
    assert services["bot"]["restart"] == services["watch"]["restart"] == "unless-stopped"
    assert services["ingest"]["restart"] == "no"
    assert services["ingest"]["profiles"] == ["ingest"]
    assert "profiles" not in services["bot"]
    assert "profiles" not in services["watch"]


def test_compose_services_run_real_commands() -> None:
    """Each service's command line parses with today's options."""
    for service in compose()["services"].values():
        words = service["command"]
        assert isinstance(words, list)
        assert_is_a_command([str(word) for word in words])


def test_compose_services_share_one_volume_and_only_read_the_documents() -> None:
    """All have the data volume where KIROKU_DATA says; documents are mounted read-only.

    The bot has them too: it shows their pages.
    """
    parsed = compose()
    assert set(parsed["volumes"]) == {"data"}
    for name, service in parsed["services"].items():
        volumes, environment = service["volumes"], service["environment"]
        assert isinstance(volumes, list)
        assert isinstance(environment, dict)
        assert f"data:{environment['KIROKU_DATA']}" in volumes
        documents = [volume for volume in volumes if "documents" in volume]
        assert bool(documents) == (name != "backup")
        assert all(volume.endswith(":ro") for volume in documents)


def test_compose_names_known_variables_and_takes_secrets_from_env() -> None:
    """Variables are settings of Kiroku; tokens come from .env and stand nowhere here."""
    for service in compose()["services"].values():
        environment = service["environment"]
        assert isinstance(environment, dict)
        assert set(environment) <= NAMES - SECRETS
        assert service["env_file"] == ".env"
        assert "user" not in service or service["user"] not in {"root", "0"}
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    assert set(re.findall(r"\$\{?(\w+)", text)) <= NAMES


def test_compose_checks_the_health_of_the_bot() -> None:
    """The bot's health check is a real command; the others, which are no servers, have none."""
    services = compose()["services"]
    checks = {name: service["healthcheck"] for name, service in services.items()}
    assert isinstance(checks["bot"], dict)
    kind, program, *words = checks["bot"]["test"]
    assert (kind, program) == ("CMD", "kiroku")
    assert_is_a_command(words)
    assert checks["watch"] == checks["ingest"] == {"disable": True}


def test_the_example_of_env_lists_every_setting_once() -> None:
    """.env.example names all settings, set or commented out, and no others."""
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    named = re.findall(r"^#?([A-Z][A-Z_]+)=", text, flags=re.MULTILINE)
    assert sorted(named) == sorted(NAMES)
    assert not re.findall(r"^[A-Z_]+=\S", text, flags=re.MULTILINE), "values do not belong there"
