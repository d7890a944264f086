"""Base classes of Rasa's data generators."""


class Sequence:
    """A base class."""
