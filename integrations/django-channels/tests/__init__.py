"""Tests of the integration; `python3 -m unittest` in the folder above runs them."""
