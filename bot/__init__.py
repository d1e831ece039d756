"""Zijstap: a Dutch conversational assistant for side-entry into technology and ICT."""
