"""Words as pictures: fonts with fallback for every script, shaping, line breaking, fitting, drawing, caption pages."""
