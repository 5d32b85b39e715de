"""Services over broadcasts: writing, approval, sending, corrections and dialogues."""
