"""What the advisor knows: content as YAML and templates, its schema, its loader. No Rasa, no Telegram."""
