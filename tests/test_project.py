"""What the project says of itself is so: its README, its dependencies, its start, its silence on the network."""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

from markdown_it import MarkdownIt
from packaging.requirements import Requirement

from assistant.settings import Settings

PROJECT = Path(__file__).parent.parent
README = (PROJECT / "README.md").read_text(encoding="utf-8")
PINS = (PROJECT / "constraints.txt").read_text(encoding="utf-8").splitlines()

HEAVY = ("torch", "transformers", "sentence_transformers", "chromadb", "gradio", "langchain_core", "scipy")

OFFLINE = """
import sys

def refuse(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto"):
        address = arguments[0] if event == "socket.getaddrinfo" else arguments[1]
        host = address[0] if isinstance(address, tuple) else address
        if host not in (None, "localhost", "127.0.0.1", "::1"):
            sys.stderr.write(f"refused: {event} {host}\\n")
            raise OSError(f"There is no network: {event} {host}")

sys.addaudithook(refuse)
"""


PAGE = """
from assistant import Assistant
from assistant.web import build
from gradio_client import Client

page = build(Assistant(auth="ada:lovelace"))
page.launch(server_port=0, prevent_thread_lock=True, quiet=True)
client = Client(page.address, auth=("ada", "lovelace"), verbose=False, analytics_enabled=False)
assert client.predict(question="How many abductees returned to Japan?", api_name="/ask")["answered"]
print("asked", flush=True)
page.close()
"""


def python(code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Runs a program as its user would, who has set nothing that keeps libraries from the network."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("HF_", "GRADIO_"))}
    program = [sys.executable, "-c", code]
    return subprocess.run(program, cwd=folder, capture_output=True, text=True, check=True, env=environment)


def readme_code() -> str:
    return "\n".join(token.content for token in MarkdownIt().parse(README) if token.info == "python")


def readme_settings() -> list[tuple[str, str]]:
    """The setting and the default of each row of the README's table."""
    return re.findall(r"^\| `(ASSISTANT_\w+)` \| (.*?) \|", README, flags=re.MULTILINE)


def test_importing_the_package_loads_nothing_heavy(working_folder: Path) -> None:
    code = f"import sys, json, assistant; print(json.dumps([name for name in {HEAVY} if name in sys.modules]))"
    assert json.loads(python(code, working_folder).stdout) == []


def test_the_readme_lists_each_setting_with_its_default() -> None:
    defaults = {
        f"ASSISTANT_{name.upper()}": "none" if field.default is None else f"`{field.default}`"
        for name, field in Settings.model_fields.items()
    }
    assert dict(readme_settings()) == defaults


def test_the_code_in_the_readme_runs(working_folder: Path) -> None:
    shutil.copytree(PROJECT / "documents", working_folder / "documents")
    assert "assistant" in readme_code()
    ran = python(OFFLINE + readme_code(), working_folder)
    assert "Five abductees" in ran.stdout
    assert "1,500 eggs" in ran.stdout
    assert "refused" not in ran.stderr


def test_an_answer_needs_no_network(working_folder: Path) -> None:
    shutil.copytree(PROJECT / "documents", working_folder / "documents")
    asked = python(
        OFFLINE
        + "from assistant import Assistant\n"
        + "assert Assistant().ask('How many abductees returned to Japan?').answered\n",
        working_folder,
    )
    assert "refused" not in asked.stderr


def test_the_page_needs_no_network(working_folder: Path) -> None:
    shutil.copytree(PROJECT / "documents", working_folder / "documents")
    served = python(OFFLINE + PAGE, working_folder)
    assert "asked" in served.stdout
    assert "refused" not in served.stderr


def test_the_program_that_serves_the_page_says_in_a_sentence_what_is_wrong(working_folder: Path) -> None:
    served = subprocess.run(
        [sys.executable, PROJECT / "app.py"],
        cwd=working_folder,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "ASSISTANT_CAUTION": "reckless", "PYTHONPATH": str(PROJECT)},
    )
    assert served.returncode == 1
    assert served.stderr.startswith("ASSISTANT_CAUTION cannot be used ('reckless')")


def test_every_pin_is_one_release() -> None:
    wrong = [line for line in PINS if not re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.]+", line)]
    assert wrong == []


def test_every_dependency_is_pinned_within_its_range() -> None:
    pins = dict(line.lower().replace("_", "-").split("==") for line in PINS)
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *(one for extra in project["optional-dependencies"].values() for one in extra)]
    requirements = [Requirement(line) for line in asked if not line.startswith(project["name"])]
    assert [
        str(requirement)
        for requirement in requirements
        if not requirement.specifier.contains(pins.get(requirement.name.lower().replace("_", "-"), "0"))
    ] == []
