"""Danish and English phrases about time.

`tokens` splits a text, `items` finds what it says about time, and `when` and `repeats` put the
items together to one meaning. `reading.read` is the entrance.
"""
