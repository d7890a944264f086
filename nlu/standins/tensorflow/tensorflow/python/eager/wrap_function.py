"""Named in annotations of a featurizer that loads models from a hub."""


class WrappedFunction:
    """Named in annotations."""
