"""The built book in a browser: what a reader sees, hears, clicks, prints and downloads."""
