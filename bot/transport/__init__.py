"""Everything that speaks Bot API."""
