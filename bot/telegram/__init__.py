"""The Telegram door: `app.run` opens it. Everything about Telegram stays in here."""
