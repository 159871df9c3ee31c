"""Messages in and out: what the client can do, what it is offered, and how a message is read."""
