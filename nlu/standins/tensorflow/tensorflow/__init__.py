"""A stand-in for TensorFlow: the names that Rasa's modules use when they are imported, and nothing behind them."""

from tensorflow import keras, python, types

__version__ = "2.12.0"
__standin__ = True


class Tensor:
    """Named in annotations."""


class SparseTensor(Tensor):
    """Named in annotations."""


class TensorShape:
    """Named in annotations."""


class TensorSpec:
    """Named in annotations."""
