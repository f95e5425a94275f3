"""Checking certificates: for everybody, without signing in."""
