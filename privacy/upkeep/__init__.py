"""Upkeep of keys and back-ups, for commands alone: no page and no job reaches the role that these connect with."""
