"""The house holds: the ladder of imports, the size of things, settings explained, one vocabulary."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from ehpad_eprescription.privacy import IdleMiddleware

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("ehpad_eprescription", "prescriptions", "residents", "traces", "amo_gateway")
SOURCE_LINES, TEST_LINES, FUNCTION_LINES = 400, 600, 60


def files(*folders: str) -> list[Path]:
    return [
        path
        for folder in folders
        for path in sorted((ROOT / folder).rglob("*.py"))
        if "migrations" not in path.relative_to(ROOT).parts
    ]


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def where(path: Path, line: int) -> str:
    return f"{path.relative_to(ROOT)}:{line}"


def test_an_app_imports_only_what_stands_below_it():
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_gateway_knows_nothing_of_django():
    imports = re.compile(r"^\s*(?:from|import)\s+(django|celery|rest_framework)\b", re.MULTILINE)
    assert [path for path in files("amo_gateway") if imports.search(path.read_text())] == []


@pytest.mark.parametrize(("folders", "limit"), [(PACKAGES, SOURCE_LINES), (("tests",), TEST_LINES)])
def test_no_file_is_more_than_one_room(folders, limit):
    long = {
        where(path, 1): count
        for path in files(*folders)
        if (count := len(path.read_text().splitlines())) > limit
    }
    assert not long


def test_no_function_is_more_than_one_thought():
    long = {
        where(path, node.lineno): f"{node.name}: {length(node)}"
        for path in files(*PACKAGES, "tests")
        for node in functions(path)
        if length(node) > FUNCTION_LINES
    }
    assert not long


def test_nothing_catches_everything():
    found = [
        where(path, node.lineno)
        for path in files(*PACKAGES)
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type) in ("Exception", "BaseException"))
    ]
    # The launcher says how a step ended, then lets the error go on. The head of a task counts a fault of ours; that of a
    # safety check says it was not done.
    heads = (
        "ehpad_eprescription/launcher/steps.py",
        "prescriptions/tasks.py",
        "prescriptions/safety/engine.py",
    )
    assert [place for place in found if not place.startswith(heads)] == []


def test_every_module_says_what_it_is_for():
    silent = [
        path
        for path in files(*PACKAGES, "tests")
        if path.stat().st_size and not ast.get_docstring(ast.parse(path.read_text()))
    ]
    assert silent == []


def test_no_room_is_called_utils():
    names = {"utils", "helpers", "common", "misc"}
    assert [path for path in files(*PACKAGES) if names & {path.stem, path.parent.name}] == []


def test_every_variable_read_is_in_the_readme_and_the_other_way_round():
    read = set(
        re.findall(r'\benv(?:\.\w+)?\(\s*"([A-Z_]+)"', (ROOT / "ehpad_eprescription/settings.py").read_text())
    )
    explained = set(re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "README.md").read_text(), re.MULTILINE))
    assert read == explained


def test_every_task_of_beat_exists():
    from ehpad_eprescription.celery import app

    app.loader.import_default_modules()
    assert {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()} <= set(app.tasks)


def test_make_help_lists_the_targets():
    done = subprocess.run(
        ["make", "--no-print-directory", "help"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    listed = re.findall(r"^  make ([a-z-]+)", done.stdout, re.MULTILINE)
    assert {"run", "test", "lint", "format", "bench", "demo-reset", "manage", "lock", "clean"} <= set(listed)


def test_a_page_that_asks_by_itself_never_puts_off_the_idle_lock():
    """Whatever a template polls is known to the lock (rule A01)."""
    polled = re.compile(r"hx-get=\"\{% url '\w+:([\w-]+)'[^>]*hx-trigger=\"every")
    names = {
        name for page in (ROOT / "templates").rglob("*.html") for name in polled.findall(page.read_text())
    }
    assert names == IdleMiddleware.ASKED_BY_THE_PAGE
