"""One file for each command that works on files; the file has the command's name."""
