"""What runs for the client: verifications, runs, drafts, with progress and cancel."""
