"""Where photos from strangers are decoded: a process of its own with limits on memory, time and files."""
