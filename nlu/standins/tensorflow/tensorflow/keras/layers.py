"""Base classes of Rasa's layers."""


class Layer:
    """A base class."""


class AbstractRNNCell(Layer):
    """A base class."""


class Dense(Layer):
    """A base class."""


class Dropout(Layer):
    """A base class."""
