"""The image and the Compose file hold together: every path, command and variable in them exists."""

import os
import re
import shlex
import shutil
import subprocess
import time
from pathlib import Path

import pytest
import yaml

from cli.main import COMMANDS, kiroku
from dependencies.closure import IN_THE_IMAGE
from dependencies.lock import CPU_WHEELS
from index.settings import SETTINGS
from index.upkeep.condition import LAST_BACKUP

ROOT = Path(__file__).parent.parent
NAMES = {setting.name for setting in SETTINGS}
SECRETS = {setting.name for setting in SETTINGS if setting.secret}
MAKE = shutil.which("make")
SYSTEMD_ANALYZE = shutil.which("systemd-analyze")
SERVER = "server"
LONG_RUNNING = ("bot", "watch", "backup")
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


def services() -> dict[str, dict[str, object]]:
    """Return the services of the Compose file that run Kiroku: all but the database server."""
    return {name: each for name, each in compose()["services"].items() if name != SERVER}


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
    """On x86-64 all but PyTorch comes from the lock, by hash; building Kiroku fetches no more."""
    fetching, building = (line for line in arguments("RUN") if "pip install" in line)
    torch, _, locked = fetching.partition("uname -m")
    other = building.split("else")[0]
    assert f"--no-deps --index-url {CPU_WHEELS} " in torch
    assert "'^torch==' constraints.txt" in torch
    assert "--require-hashes" in locked
    assert "-r requirements.lock" in locked
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
    """What runs on comes up again by itself; backups and ingest are there only when asked for."""
    found = services()
    assert set(found) == {"bot", "watch", "ingest", "backup"}
    assert found["backup"]["profiles"] == ["backup"]
    for name in LONG_RUNNING:
        assert found[name]["restart"] == "unless-stopped"
    assert found["ingest"]["restart"] == "no"
    assert found["ingest"]["profiles"] == ["ingest"]
    assert "profiles" not in found["bot"]
    assert "profiles" not in found["watch"]


def test_compose_services_run_real_commands() -> None:
    """Each service's command line parses with today's options; in a script, each of Kiroku's."""
    for service in services().values():
        words = service["command"]
        assert isinstance(words, list)
        if service.get("entrypoint") == ["sh", "-c"]:
            (script,) = words
            commands = re.findall(r"kiroku ([^;&|]+)", script)
            assert commands
            for line in commands:
                assert_is_a_command(shlex.split(line))
        else:
            assert_is_a_command([str(word) for word in words])


def test_compose_bounds_every_service() -> None:
    """None takes the whole machine; an ingest has 2 GB for each processor, and 2 GB beside."""
    for name, service in services().items():
        memory = int(str(service["mem_limit"]).removesuffix("g"))
        processors = len(str(service["cpuset"]).split(","))
        assert service["pids_limit"]
        assert memory >= (2 * processors + 2 if name in {"watch", "ingest"} else 3)


def test_compose_services_share_one_volume_and_only_read_the_documents() -> None:
    """All have the data volume where KIROKU_DATA says; documents are mounted read-only.

    The bot has them too: it shows their pages.
    """
    assert set(compose()["volumes"]) == {"data", SERVER}
    for name, service in services().items():
        volumes, environment = service["volumes"], service["environment"]
        assert isinstance(volumes, list)
        assert isinstance(environment, dict)
        assert f"data:{environment['KIROKU_DATA']}" in volumes
        documents = [volume for volume in volumes if "documents" in volume]
        assert bool(documents) == (name != "backup")
        assert all(volume.endswith(":ro") for volume in documents)


def test_compose_names_known_variables_and_takes_secrets_from_env() -> None:
    """Variables are settings of Kiroku; tokens come from .env and stand nowhere here."""
    for service in services().values():
        environment = service["environment"]
        assert isinstance(environment, dict)
        assert set(environment) <= NAMES - SECRETS
        assert service["env_file"] == ".env"
        assert "user" not in service or service["user"] not in {"root", "0"}
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    assert set(re.findall(r"\$\{?(\w+)", text)) <= NAMES


def test_compose_checks_the_health_of_what_keeps_running() -> None:
    """The checks of bot and watch are real commands; the backups' looks at the file they leave."""
    all_of_them = services()
    checks = {name: service["healthcheck"] for name, service in all_of_them.items()}
    for name in ("bot", "watch"):
        check = checks[name]
        assert isinstance(check, dict)
        kind, program, *words = check["test"]
        assert (kind, program) == ("CMD", "kiroku")
        assert_is_a_command(words)
    backup = checks["backup"]
    assert isinstance(backup, dict)
    assert (
        f"{all_of_them['backup']['environment']['KIROKU_DATA']}/{LAST_BACKUP} " in backup["test"][1]
    )
    assert [name for name, check in checks.items() if check == {"disable": True}] == ["ingest"]
    assert set(all_of_them) - set(LONG_RUNNING) == {"ingest"}


def test_compose_has_a_database_server_for_those_who_ask_for_it() -> None:
    """It starts with its profile alone, bounded, on a volume of its own, its password in a file."""
    whole = compose()
    server = whole["services"][SERVER]
    assert server["profiles"] == [SERVER]
    assert {"restart", "mem_limit", "healthcheck"} <= set(server)
    assert "ports" not in server
    assert server["volumes"] == ["server:/var/lib/postgresql"]
    [secret] = server["secrets"]
    assert server["environment"]["POSTGRES_PASSWORD_FILE"] == f"/run/secrets/{secret}"
    assert secret in whole["secrets"]
    assert "postgresql" in IN_THE_IMAGE


@pytest.mark.skipif(shutil.which("find") is None, reason="the image has find; this machine not")
@pytest.mark.parametrize(("hours", "status"), [(None, 1), (1, 0), (25, 0), (27, 1)])
def test_the_backups_are_healthy_while_the_last_one_is_fresh(
    tmp_path: Path, hours: int | None, status: int
) -> None:
    """A day and two hours are let pass; none at all is not healthy."""
    check = services()["backup"]["healthcheck"]
    assert isinstance(check, dict)
    kind, script = check["test"]
    assert kind == "CMD-SHELL"
    if hours is not None:
        (tmp_path / LAST_BACKUP).touch()
        then = time.time() - 3600 * hours
        os.utime(tmp_path / LAST_BACKUP, (then, then))
    words = ["/bin/sh", "-c", script.replace("/data", str(tmp_path))]
    assert subprocess.run(words, check=False, capture_output=True).returncode == status


def units() -> list[tuple[str, str]]:
    """Return the units of systemd in the documentation, each with the kind of unit that it is."""
    text = (ROOT / "docs" / "deployment.md").read_text("utf-8")
    found = re.findall(r"```ini\n(.*?)```", text, flags=re.DOTALL)
    return [("timer" if "[Timer]" in unit else "service", unit) for unit in found]


def test_units_run_real_commands_with_known_variables() -> None:
    """Every ExecStart is a command line of today; every Environment a setting that is no secret."""
    lines = "\n".join(unit for _, unit in units())
    commands = re.findall(r"^ExecStart=/opt/kiroku/\.venv/bin/kiroku (.*)$", lines, re.MULTILINE)
    assert {line.split()[0] for line in commands} == {"serve", "watch", "verify", "backup"}
    assert len(commands) == lines.count("ExecStart=")
    for line in commands:
        assert_is_a_command(
            [str(ROOT) if word.startswith("/") else word for word in shlex.split(line)]
        )
    assert set(re.findall(r"^Environment=(\w+)=", lines, re.MULTILINE)) <= NAMES - SECRETS


@pytest.mark.skipif(SYSTEMD_ANALYZE is None, reason="systemd-analyze is not there")
def test_units_are_what_systemd_takes(tmp_path: Path) -> None:
    """Systemd itself finds no unknown section, key or value in them, nor anything missing."""
    program = tmp_path / ".venv" / "bin" / "kiroku"
    program.parent.mkdir(parents=True)
    program.symlink_to(shutil.which("true") or "/bin/true")
    files = []
    for number, (kind, unit) in enumerate(units()):
        # a timer starts the service of its name, which stands right before it
        name = f"unit{number - (kind == 'timer')}.{kind}"
        (tmp_path / name).write_text(unit.replace("/opt/kiroku", str(tmp_path)), "utf-8")
        files.append(tmp_path / name)
    assert len(files) == 4
    ended = subprocess.run(
        [str(SYSTEMD_ANALYZE), "verify", "--man=no", *files],
        check=False,
        capture_output=True,
        text=True,
    )
    own = [line for line in ended.stderr.splitlines() if "unit" in line.split(":")[0]]
    assert own == []


def test_the_example_of_env_lists_every_setting_once() -> None:
    """.env.example names all settings, set or commented out, and no others."""
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    named = re.findall(r"^#?([A-Z][A-Z_]+)=", text, flags=re.MULTILINE)
    assert sorted(named) == sorted(NAMES)
    assert not re.findall(r"^[A-Z_]+=\S", text, flags=re.MULTILINE), "values do not belong there"


@pytest.mark.skipif(MAKE is None, reason="make is not installed")
@pytest.mark.parametrize(
    ("system", "python"), [("", ".venv/bin/python"), ("Windows_NT", ".venv/Scripts/python.exe")]
)
def test_make_finds_the_programs_where_the_system_puts_them(system, python, tmp_path):
    """What `make demo` would run, on a system that says it is another; nothing is run."""
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "constraints.txt").touch()
    shown = subprocess.run(
        [MAKE or "make", "--dry-run", "-f", str(ROOT / "Makefile"), "demo", f"OS={system}"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert f"{python} -m pip" in shown.stdout
    assert f"{python.rpartition('/')[0]}/kiroku demo" in shown.stdout
