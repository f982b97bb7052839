"""What a film looks like: tones, templates, palettes, grounds, layout, motion, and the director over them."""
