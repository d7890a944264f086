"""Base classes of Rasa's metrics."""


class Metric:
    """A base class."""
