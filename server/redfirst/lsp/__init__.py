"""The language server: redfirst's answers in any editor that speaks LSP."""
