"""Ways to find or make music for a film."""
