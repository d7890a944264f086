"""Imported by Rasa under this name."""
