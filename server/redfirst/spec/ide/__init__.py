"""What an editor shows of a spec, as plain values: no protocol, no server, no files."""
