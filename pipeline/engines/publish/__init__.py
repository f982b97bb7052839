"""Publishers: each posts finished films to one network, once."""
