"""A download taken in: its files read with limits, and sorted by student and part."""
