"""A real OpenID provider (allauth's own) in a process of its own, with its own database."""
