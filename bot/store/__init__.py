"""The store: what people care about, in tables of its own, apart from the conversation's event log."""
