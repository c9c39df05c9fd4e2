"""The table: planning a meeting, its agenda, asking beforehand, holding it, and its minutes."""
