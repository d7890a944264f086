"""A checklist that the members of a group answer alone, so that the group can talk about where they differ."""
