"""Nasty input, and the doors that it is thrown at: see `bench/fuzz.py`."""
