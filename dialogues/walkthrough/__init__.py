"""The walkthrough engine: one for all checklists, and pure. State and input in, state and reply out."""
