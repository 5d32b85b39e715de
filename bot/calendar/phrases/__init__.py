"""Danish and English phrases about time: what a person wrote, read as a day, a time or a rule."""
