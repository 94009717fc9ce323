"""Code of strangers run: what a sandbox is, one Python in it, and a notebook played in that."""
