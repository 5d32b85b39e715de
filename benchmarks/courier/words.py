"""The text of the broadcasts."""

WORDS = "On Saturday we walk along the water. We meet at ten o'clock at the bridge."
