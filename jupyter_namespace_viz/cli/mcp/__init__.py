"""How do agents ask a running Jupyter server? `jupyter namespace-viz mcp` is their MCP server."""
