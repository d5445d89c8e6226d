"""Documents that several people write at once: Yjs updates merged, shown as HTML and as plain text.

Pure: bytes and text in, bytes and text out. pycrdt and nh3 are loaded when the first document is.
"""

# The editor of text that was there before its document: the same bytes wherever they are made.
SEED_CLIENT = 1
