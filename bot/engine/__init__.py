"""The engine: one Rasa agent in the process, on a thread and loop of its own, with its actions."""
