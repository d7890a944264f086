"""Reminders: what somebody wants to be reminded of, and when."""
