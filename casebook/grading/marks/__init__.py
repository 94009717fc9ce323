"""From answers to marks by machine, and to grades as they stand in the gradebook."""
