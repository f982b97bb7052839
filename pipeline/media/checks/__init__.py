"""The quality gate: a finished film is watched and heard before anybody else gets to see it."""
