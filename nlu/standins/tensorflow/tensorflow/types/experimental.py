"""Named in annotations."""


class TensorLike:
    """Named in annotations."""
