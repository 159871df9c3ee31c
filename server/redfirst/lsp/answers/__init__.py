"""What methods are made of: places, edits, offers. Pure; they read the state and change nothing."""
