"""The parts of Keras that Rasa's classes derive from."""

from tensorflow.keras import backend, callbacks, layers, metrics, utils
