"""How is a dependency graph written as DOT or Mermaid?"""
