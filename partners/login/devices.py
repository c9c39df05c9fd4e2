"""What a browser says of itself, in plain words: enough to know one's own, too little to follow anybody."""

from __future__ import annotations

# The first that is in the text counts: Edge also says Chrome, and Chrome also says Safari.
BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
PLACES = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS", "Mac"),
    ("CrOS", "Chromebook"), ("Linux", "Linux"),
)  # fmt: skip


def in_words(user_agent: str) -> str:
    """For example "Firefox op Windows"."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "Onbekende browser")
    place = next((name for mark, name in PLACES if mark in user_agent), "")
    return f"{browser} op {place}" if place else browser
