"""Stands in for the C extension of this name; without it the suite loops over bytes, slowly."""
