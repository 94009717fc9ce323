"""Answers as plain JSON: `encoding` works inside the sandbox, `decoding` outside.

This file imports nothing: `encoding` is also imported inside the sandbox.
"""
