"""How the advisor understands: the Rasa pipeline, its components, the phrasings, the importer."""
