"""Using the log: for what, asking it, taking lines along, counting, and telling a person who looked."""
