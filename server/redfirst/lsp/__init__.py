"""The language server: redfirst's answers in any editor that speaks LSP."""

from redfirst.lsp.types_on_demand import load_types

load_types()  # before anything else of this room imports them
