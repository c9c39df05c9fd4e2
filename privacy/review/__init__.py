"""Review of the log: rules and a sample choose what a person looks at, and a person judges it (security.md C.4)."""
