"""Logging in at the own organisation: OpenID Connect with several providers, and no rights from claims."""
