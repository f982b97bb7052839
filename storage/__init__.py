"""What outlives a process: jobs, conversations, finished steps and files."""
