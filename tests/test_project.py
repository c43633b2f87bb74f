"""What the project says of itself is so: its README, its dependencies, its start, its silence on the network."""

import json
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


def python(code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=True)


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
    python(OFFLINE + readme_code(), working_folder)


def test_an_answer_needs_no_network(working_folder: Path) -> None:
    shutil.copytree(PROJECT / "documents", working_folder / "documents")
    asked = python(
        OFFLINE
        + "from assistant import Assistant\n"
        + "assert Assistant().ask('How many abductees returned to Japan?').answered\n"
        + "import assistant.web, gradio\n",
        working_folder,
    )
    assert "refused" not in asked.stderr


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
