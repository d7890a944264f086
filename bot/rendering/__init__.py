"""Turns light markup into what a door can show: Telegram's HTML, plain text, a terminal's colours."""
