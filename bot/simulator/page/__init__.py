"""Files of the demo page; `bot/simulator/demo.py` serves them."""
