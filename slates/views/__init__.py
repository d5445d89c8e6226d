"""Pages of slates and decisions."""
