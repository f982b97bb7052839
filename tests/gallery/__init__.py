"""Contact sheets of films: orders x tones x formats, to look at."""
