"""Services over pledges: making and keeping them, campaigns, the catalogue, and outcomes."""
