"""Imported by Rasa under this name; nothing of it is used at import."""
