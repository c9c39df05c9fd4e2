"""Pages about using the log."""
