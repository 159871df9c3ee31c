"""One file for each method of the protocol; the file has the method's name."""
