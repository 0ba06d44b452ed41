"""How many decimal places a currency's minor unit has (ISO 4217), for whoever writes amounts out or reads them from speech."""

from ledger.money import minor_digits

__all__ = ["minor_digits"]
