"""Danish and English phrases about time.

`tokens` splits a text, `items` finds what it says about time, and `when` and `repeats` put the
items together to one meaning. `conflicts`, `unread` and `doubts` find why it may not be meant; then
the person is asked. `reading.read` is the entrance.
"""
