"""The sample is no part of the product: its own tests run in a copy that has it."""

collect_ignore = ["sample"]
