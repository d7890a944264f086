"""A stand-in for Keras, which comes with TensorFlow: a base class of Rasa's models."""


class Model:
    """A base class."""
