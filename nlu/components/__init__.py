"""The project's own Rasa graph components."""
