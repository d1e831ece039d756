"""Measures Zijstap side by side with stock Rasa, the same words and the same actions in both."""
