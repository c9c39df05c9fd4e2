"""Requests of persons concerned: registering, admitting, collecting through the walls, judging, asking, answering."""
