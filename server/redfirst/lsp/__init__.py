"""The language server: redfirst's answers in any editor that speaks LSP."""

from redfirst.lsp.connection.event_loop import load_event_loop
from redfirst.lsp.connection.types_on_demand import load_types

# Before anything else of this room imports them.
load_event_loop()
load_types()
