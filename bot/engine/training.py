"""Trains the model when, and only when, what it is made of has changed."""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
from collections.abc import Iterator
from pathlib import Path

import yaml

import dialogues
import nlu
from bot.errors import StartError
from knowledge.loader import Knowledge

NLU = Path(nlu.__file__).parent
DIALOGUES = Path(dialogues.__file__).parent
CONFIG, DATA = NLU / "config.yml", NLU / "data"
DOMAIN, RULES = DIALOGUES / "domain.yml", DIALOGUES / "rules.yml"
_PATIENCE = 600.0  # seconds that another training may take
NEURAL = {"DIETClassifier", "ResponseSelector", "TEDPolicy", "UnexpecTEDIntentPolicy", "LanguageModelFeaturizer"}


def fingerprint(knowledge: Knowledge, overlay: Path | None = None) -> str:
    """What the model depends on, in 16 characters: which topics and checklists there are, phrasings, rules,
    configuration, components. Their texts don't matter: an edited answer needs no training."""
    files = [CONFIG, DOMAIN, RULES, DIALOGUES / "policy.py", *NLU.glob("*.py"), *NLU.glob("components/*.py")]
    files += DATA.rglob("*.yml")
    if overlay is not None:
        files += (overlay / "nlu").rglob("*.yml")
    digest = hashlib.sha256(repr((sorted(knowledge.topics), sorted(knowledge.checklists))).encode())
    for file in sorted(files):
        digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def model_path(models: Path, knowledge: Knowledge, overlay: Path | None = None) -> Path:
    """Where the model of this knowledge lies, or would lie."""
    return models / f"makker-{fingerprint(knowledge, overlay)}.tar.gz"


def train(path: Path, overlay: Path | None = None, *, force: bool = False) -> bool:
    """Trains the model into `path`; False where it was there already. Older models beside it are removed.

    `overlay` is the library's own folder: its topics and phrasings are learnt as well.

    Where another process trains there, this one waits for it.

    Raises StartError in one line for a pipeline that can't be trained here, and for a training that failed.
    """
    if path.exists() and not force:
        return False
    _refuse_neural_components()
    import portalocker  # comes with Rasa

    path.parent.mkdir(parents=True, exist_ok=True)
    with portalocker.Lock(path.parent / ".lock", timeout=_PATIENCE):  # two at once would write into one file
        return _train(path, overlay, force=force)


def _train(path: Path, overlay: Path | None, *, force: bool) -> bool:
    if path.exists() and not force:
        return False
    os.environ.setdefault("RASA_CACHE_DIRECTORY", str(path.parent / ".cache"))
    if overlay is not None:
        os.environ["MAKKER_OVERLAY"] = str(overlay)  # Rasa makes the importer, which asks there
    from rasa.model_training import train as rasa_train

    with _quiet() as output:
        result = rasa_train(
            domain=str(DOMAIN),
            config=str(CONFIG),
            training_files=[str(DATA), str(RULES)],
            output=str(path.parent),
            fixed_model_name=f"{path.name.removesuffix('.tar.gz')}-new",
            force_training=True,
        )
    if result.code != 0 or not result.model:
        raise StartError(f"training failed: {output.getvalue().strip().splitlines()[-1:] or 'no reason given'}")
    Path(result.model).replace(path)
    for old in path.parent.glob("makker-*.tar.gz"):
        if old != path:
            old.unlink()
    return True


def _refuse_neural_components() -> None:
    """With the stand-in for TensorFlow, Rasa's neural components fail deep in their training: say so before."""
    import tensorflow

    if not getattr(tensorflow, "__standin__", False):
        return
    config = yaml.safe_load(CONFIG.read_text(encoding="utf-8"))
    named = {str(entry["name"]).rpartition(".")[2] for entry in config["pipeline"] + config["policies"]}
    if named & NEURAL:
        names = ", ".join(sorted(named & NEURAL))
        raise StartError(
            f"{names} in {CONFIG.name} need TensorFlow, which this install leaves out: "
            "use another component, or install by `pip install .`"
        )


@contextlib.contextmanager
def _quiet() -> Iterator[io.StringIO]:
    """Rasa prints its progress; ours is told elsewhere."""
    output = io.StringIO()
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
        yield output
