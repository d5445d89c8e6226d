"""Speed of the pages, as ratios against a bare Django page in the same run."""
