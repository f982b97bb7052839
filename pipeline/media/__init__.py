"""Pictures, type, sound and film: everything that touches pixels and samples."""
