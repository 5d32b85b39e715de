"""The demo's page: what a browser is given; `bot/simulator/demo.py` serves it."""
