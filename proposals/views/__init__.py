"""Pages of proposals: the list, the intents, the workspace."""
