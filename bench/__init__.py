"""Measures: this project's bot and Rasa's defaults, side by side, in one run."""
