"""The conversation over HTTP: conversations, turns (as JSON or as AG-UI events over SSE), and the facts behind a figure."""
