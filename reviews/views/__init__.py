"""Pages of the reviews floor."""
