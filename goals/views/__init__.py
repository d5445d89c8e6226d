"""Pages of the season's rules and of goals."""
