"""A language model behind any OpenAI-compatible endpoint, as one more chat model of the turn's loop: it drafts, it never decides.

Nothing here is loaded, and nothing leaves, unless an endpoint and a model are configured (docs/llm.md).
"""
