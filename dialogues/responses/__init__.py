"""What the advisor says: functions from a turn to an outcome, without Rasa."""
