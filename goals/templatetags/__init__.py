"""Display tags of goals."""
