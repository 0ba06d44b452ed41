"""What an utterance names: periods, amounts, the customer's own merchants, categories and accounts, and what is asked of them."""
