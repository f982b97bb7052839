"""Tests of what films look like."""
