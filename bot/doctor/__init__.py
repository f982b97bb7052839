"""`python run_bot.py doctor`: what this installation has, what it lacks, and what to do about it."""
