"""The doors and the running of it: settings, engine, store, Telegram, terminal, command line."""
