"""The verbs of portal-executor."""
