"""The renderer measured side by side with its floor and its rivals: `make bench`."""
