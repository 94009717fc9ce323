"""A course: its folder, what was assigned, what was handed in, what the machine's marks were."""
