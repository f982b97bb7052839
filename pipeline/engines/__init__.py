"""The engines: one folder for each stage, in it `local.py` and one file for each vendor."""
