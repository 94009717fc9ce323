"""From what was handed in to answers, many at a time: on this machine, or on a cluster."""
