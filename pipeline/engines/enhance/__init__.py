"""Makes photos ready for filming."""
