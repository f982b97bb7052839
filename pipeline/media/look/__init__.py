"""What a film looks like: tones, templates, palettes, grounds, layout, motion and the director that puts them together."""
