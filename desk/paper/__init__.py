"""Paper: what the pages say as PDF. Plain values go in, a finished document comes out."""
