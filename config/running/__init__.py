"""Running it: whether the house answers and is ready, how it stands, what it counts and what it writes in its log."""
