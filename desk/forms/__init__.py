"""Forms of pages that stand on several floors."""
