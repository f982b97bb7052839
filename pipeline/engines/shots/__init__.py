"""Engines that film shots."""
