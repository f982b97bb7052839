"""The engines in the cloud, their official clients talking to vendors on loopback."""
