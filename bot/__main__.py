"""`python -m bot` is `makker`."""

from bot.cli import main

main()
