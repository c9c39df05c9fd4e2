"""Households that split, merge and are joined."""
