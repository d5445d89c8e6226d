"""Pages of people: the welcome, one's own page, the directory, and setting up."""
