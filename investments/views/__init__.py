"""Pages of investments."""
