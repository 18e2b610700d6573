"""Recording answer books, the only step that imports torch, and keeping them."""
