"""Writers of storyboards."""
