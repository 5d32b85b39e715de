"""One file a revision; its name bears the number."""
