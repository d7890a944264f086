"""Imported by Rasa's layers."""


def smart_cond(*_args: object, **_kwargs: object) -> None:
    """Never called: a layer that calls it cannot be built without TensorFlow."""
    raise RuntimeError("TensorFlow is left out of this install: see nlu/standins/tensorflow/README.md")
