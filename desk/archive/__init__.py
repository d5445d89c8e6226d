"""One archive of everything: rows as JSON lines, uploaded files, a manifest. Fits both databases."""
