"""The worked example, played in a scratch folder with the commands that a person would type."""
