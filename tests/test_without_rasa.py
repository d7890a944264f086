"""The seam to Rasa is narrow: all that isn't behind it works in a Python that has no Rasa."""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
import sys
import textwrap
import warnings

import pytest

from tests.test_rooms import BEHIND_THE_SEAM, REPO, lies_in, modules

REFUSED = ("rasa", "rasa_sdk", "tensorflow", "keras", "sklearn", "aiogram", "sanic")
NEEDS_A_MODEL = ("nlu.linear", "bot.action_server")
STARTS_SOMETHING = ("bot.__main__", "bot.store.migrations")
GONE_IN_3_12 = {"asynchat", "asyncore", "distutils", "imp", "smtpd"}

PURE = [name for name in modules() if not lies_in(name, (*BEHIND_THE_SEAM, *NEEDS_A_MODEL, *STARTS_SOMETHING))]


def without_rasa(program: str, *arguments: str) -> str:
    """What the program prints, in a fresh Python that refuses to import Rasa and what comes with it."""
    hook = f"""
        import sys

        class Refusal:
            def find_spec(self, name, path=None, target=None):
                if name.partition(".")[0] in {REFUSED!r}:
                    raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)
                return None

        sys.meta_path.insert(0, Refusal())
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(hook) + textwrap.dedent(program), *arguments],
        cwd=REPO,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_hook_refuses_rasa() -> None:
    program = """
        for name in sys.argv[1:]:
            try:
                __import__(name)
            except ModuleNotFoundError:
                continue
            print(name)
    """
    assert without_rasa(program, *REFUSED) == ""


def test_the_pure_parts_are_those_that_the_design_names() -> None:
    named = {
        *("knowledge.loader", "knowledge.check", "nlu.phrasings", "nlu.judgement"),
        *(f"dialogues.{name}" for name in ("reply", "taps", "turn", "ports", "interruptions")),
        *("dialogues.responses.answers", "dialogues.walkthrough.engine", "dialogues.documents.build"),
        *(f"bot.{name}" for name in ("door", "ask", "terminal", "settings", "cli", "house", "checking")),
        *("bot.rendering.telegram_html", "bot.store.store", "bot.telegram.app"),
    }
    assert named <= set(PURE)


def test_everything_before_the_seam_imports_without_rasa() -> None:
    program = """
        import importlib, json

        failed = {}
        for name in sys.argv[1:]:
            try:
                importlib.import_module(name)
            except Exception as error:
                failed[name] = repr(error)
        print(json.dumps(failed))
    """
    assert json.loads(without_rasa(program, *PURE)) == {}


def test_a_walkthrough_goes_and_a_document_is_written_without_rasa() -> None:
    program = """
        from datetime import date
        from dialogues.documents.build import build
        from dialogues.walkthrough import engine, moves
        from knowledge.loader import load

        knowledge = load()
        checklist = knowledge.checklists["agreement"]
        run = engine.start(checklist, "r", "en", "quick")
        run = engine.apply(checklist, run, moves.Say("Bogby Library"), date(2027, 3, 1)).run
        written = build(knowledge.documents["agreement"], checklist, run, today=date(2027, 3, 1),
                        version=knowledge.version, say=knowledge.say)
        print("Bogby Library" in repr(written), len(written.gaps) > 3)
    """
    assert without_rasa(program) == "True True\n"


# --- the Python to come --------------------------------------------------------------------------


@pytest.mark.parametrize("name", PURE)
def test_what_is_pure_uses_nothing_that_newer_pythons_dropped(name: str) -> None:
    source = modules()[name].read_text(encoding="utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # an escape that means nothing is a mistake from 3.12 on
        tree = compile(source, name, "exec", ast.PyCF_ONLY_AST, dont_inherit=True)
    found = {
        alias.name.partition(".")[0] for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names
    }
    found |= {str(node.module).partition(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert not found & GONE_IN_3_12


def test_a_newer_python_reads_what_is_pure() -> None:
    program = """
        import pathlib, sys

        if sys.version_info < (3, 11):
            sys.exit(3)
        for path in sys.argv[1:]:
            compile(pathlib.Path(path).read_text(encoding="utf-8"), path, "exec")
    """
    paths = [str(modules()[name]) for name in PURE]
    for python in ("python3.13", "python3.12", "python3.11", "python3"):
        found = shutil.which(python)
        if found is None:
            continue
        command = [found, "-W", "error", "-c", textwrap.dedent(program), *paths]
        done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
        if done.returncode == 0 or "SyntaxError" in done.stderr or "Warning" in done.stderr:
            assert done.returncode == 0, done.stderr
            return
    pytest.skip("there is no Python newer than 3.10 on this machine")
