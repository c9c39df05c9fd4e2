"""How long a dossier is kept, what keeps it longer, and how it goes."""
