"""What nlu/standins/tensorflow/README.md promises. Where the real TensorFlow is installed, there is nothing to test."""

from __future__ import annotations

import importlib.metadata
from pathlib import Path

import pytest
import yaml

from bot.engine import training
from bot.errors import StartError

tensorflow = pytest.importorskip("tensorflow")
if not getattr(tensorflow, "__standin__", False):
    pytest.skip("the real TensorFlow is installed, as by `pip install .`", allow_module_level=True)

REPO = Path(__file__).parent.parent.parent
STANDIN = REPO / "nlu" / "standins" / "tensorflow"


def part(text: str, table: str) -> str:
    """A table of a TOML file, as text."""
    return text.split(f"[{table}]", 1)[1].split("\n[", 1)[0]


def locked() -> dict[str, str]:
    """Each package of the lock, and what is said of it."""
    entries = (REPO / "uv.lock").read_text(encoding="utf-8").split("[[package]]\n")[1:]
    return {entry.split('"', 2)[1]: entry for entry in entries}


def installed(name: str) -> bool:
    return any(found.metadata["Name"].lower().replace("_", "-") == name for found in importlib.metadata.distributions())


def companions() -> list[str]:
    """What TensorFlow would bring along: every package of the overrides that begins with its name."""
    overrides = part((REPO / "pyproject.toml").read_text(encoding="utf-8"), "tool.uv").split('"')[1::2]
    return [name for name in (entry.split("==")[0] for entry in overrides) if name.startswith("tensorflow-")]


def test_the_stand_in_is_what_is_installed() -> None:
    assert tensorflow.__version__ == importlib.metadata.version("tensorflow") == "2.12.0"
    assert "computes nothing" in importlib.metadata.metadata("tensorflow")["Summary"]


def test_none_of_its_companions_is_installed() -> None:
    assert len(companions()) >= 6
    assert [
        name for name in [*companions(), "tensorboard", "tensorflow-estimator", "libclang"] if installed(name)
    ] == []


@pytest.mark.parametrize("path", ["Variable", "function", "keras.Model", "keras.layers.Nothing", "python.nothing"])
def test_what_it_doesnt_stand_in_for_is_not_there(path: str) -> None:
    *parents, name = path.split(".")
    place = tensorflow
    for parent in parents:
        place = getattr(place, parent)
    with pytest.raises(AttributeError):
        getattr(place, name)
    assert getattr(place, name, None) is None  # as libraries look that probe every module


def test_rasas_modules_find_the_names_that_they_need() -> None:
    import rasa.core.agent
    import rasa.model_training

    assert rasa.core.agent.Agent
    assert rasa.model_training.train


def test_the_lock_holds_no_tensorflow_but_the_stand_in() -> None:
    packages = locked()
    assert 'source = { directory = "nlu/standins/tensorflow" }' in packages["tensorflow"]
    assert "wheels" not in packages["tensorflow"]
    assert "dependencies" not in packages["tensorflow"]
    assert [name for name in packages if name.startswith(("tensorflow-", "tensorboard"))] == []


def test_one_place_leaves_it_out() -> None:
    project = (REPO / "pyproject.toml").read_text(encoding="utf-8")
    beside = project.replace(part(project, "tool.uv"), "").replace(part(project, "tool.uv.sources"), "")
    assert not any("tensorflow" in line.split("#")[0] for line in beside.splitlines())
    files = [path for folder in ("deploy", ".ci") for path in (REPO / folder).rglob("*") if path.is_file()]
    files = [path for path in files if path.suffix != ".json"]  # the bill of materials names the stand-in
    for path in (REPO / "Makefile", *files):
        assert "tensorflow" not in path.read_text(encoding="utf-8").lower(), f"{path.name} speaks of it as well"
    assert not list(REPO.glob("requirements*.txt"))


def test_the_stand_in_computes_nothing() -> None:
    for path in STANDIN.glob("[tk]*/**/*.py"):
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        assert len(lines) < 40, f"{path.relative_to(STANDIN)} does more than stand there"


@pytest.mark.parametrize(
    ("key", "component"),
    [("pipeline", "DIETClassifier"), ("pipeline", "rasa.nlu.selectors.ResponseSelector"), ("policies", "TEDPolicy")],
)
def test_a_neural_component_is_refused_before_the_training(
    key: str, component: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    config = yaml.safe_load(training.CONFIG.read_text(encoding="utf-8"))
    config[key].append({"name": component, "epochs": 1})
    own = tmp_path / "config.yml"
    own.write_text(yaml.safe_dump(config), encoding="utf-8")
    monkeypatch.setattr(training, "CONFIG", own)
    with pytest.raises(StartError) as refused:
        training.train(tmp_path / "models" / "model.tar.gz")
    said = str(refused.value)
    assert component.rpartition(".")[2] in said
    assert "TensorFlow" in said
    assert "\n" not in said
    assert not (tmp_path / "models").exists()
