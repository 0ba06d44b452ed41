"""From what an utterance names to what is to be asked of the books, asked back, proposed, or declined."""
