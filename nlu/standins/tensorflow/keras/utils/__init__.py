"""Imported by Rasa under this name."""

from keras.utils import control_flow_util, tf_utils
