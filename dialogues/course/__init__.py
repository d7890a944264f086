"""The introduction course: its state, what moves it, and what a learner reads. No Rasa, no store, no channel."""
