"""Logging in: the second factor, sessions, limits, confirming again, and identities from elsewhere."""
