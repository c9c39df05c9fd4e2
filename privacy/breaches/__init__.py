"""Breaches: from the first word of one to the register (AVG 33 and 34, Wpg 33a, BGS 1.4)."""
