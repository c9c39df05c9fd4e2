"""What pages about meetings need."""
