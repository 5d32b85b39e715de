"""What becomes of a question: services over cases, by who asks for them."""
