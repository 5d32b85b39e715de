"""What the console shows: pages that read, one module a room."""
