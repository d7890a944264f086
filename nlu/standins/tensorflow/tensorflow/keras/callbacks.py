"""Base classes of Rasa's training callbacks."""


class Callback:
    """A base class."""
