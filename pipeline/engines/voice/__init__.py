"""Ways to say the lines of a film."""
