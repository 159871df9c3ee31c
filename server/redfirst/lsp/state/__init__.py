"""What the server knows: the client's texts and settings, and what was found out about them."""
