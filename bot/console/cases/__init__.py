"""Cases at the console: the values that case pages and case lists show."""
