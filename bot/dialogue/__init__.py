"""The conversation itself: pure values and functions, the same in every chat."""
