"""What the client is told without having asked."""
