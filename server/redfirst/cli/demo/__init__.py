"""The worked example, played in a scratch folder with the very commands that a person would type."""
