"""Small changes to an implementation, and what it says of its tests when none of them notices."""
