"""Several processes of the bot over one database: killed, held up, cut off; and what people noticed of it."""
