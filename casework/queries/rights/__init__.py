"""What pages about requests of persons concerned need."""
