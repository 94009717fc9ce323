"""Notebooks that strangers wrote: read from bytes, and put into the frame of the release."""
