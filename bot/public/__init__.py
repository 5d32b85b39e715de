"""Public pages and feeds: no session, no cookies, and no answer whether a token exists."""
