"""The kill test: the program is killed at random moments, goes on, and must have lost no answer that was given."""
