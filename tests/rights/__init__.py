"""Requests of persons concerned."""
