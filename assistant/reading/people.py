"""Whether a clause asks about somebody else's money: a name that the books do not hold, as the owner of an account or an income."""

from __future__ import annotations

import re

from assistant.slots.frame import Frame
from assistant.slots.text import fold

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Monday|"
    r"Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b"
)
_SENTENCE = r"(?:What|How|Where|When|Who|Whose|Which|That|It|There|Here|Let|Today|Yesterday|Last|This|My|Our)\b"
_NAME = rf"(?P<name>(?!{_MONTH}|{_SENTENCE}|I\b)[A-Z][\w'’-]+(?: (?!{_MONTH})[A-Z][\w'’-]+)*)"
_FULL_NAME = _NAME.replace(")*)", ")+)")  # of two words or more: no shop that the books do not know
_THEIRS = r"(?:balances?|accounts?|bank|spending|income|salary|earnings|savings|finances|net worth|wages|payslips?)"
_ANYTHING = r"(?:transactions?|statements?|purchases|payments|money|budgets?|debts?)"
_OWNS = (
    r"(?:ha[sd]|owns?|owned|owes?|owed|earns?|earned|ma[dk]es?|saves?|saved|spends|spent|gets? paid|got paid|"
    r"brings? home|is worth|keeps|kept)\b(?! (?:i|we|my)\b)"
)
_SOMEBODYS = [
    re.compile(rf"\b(?:[Dd]oes|[Dd]id|[Hh]as|[Ii]s|[Ww]as) {_NAME} (?:\w+ )?(?:{_OWNS}|(?:have|spend|keep|worth)\b)"),
    re.compile(rf"\b(?:[Ww]hat|[Hh]ow much|how well) (?:money |cash )?{_NAME} (?:\w+ )?{_OWNS}"),
    re.compile(rf"\b{_NAME}(?:['’]s|s['’]) (?:\w+ ){{0,2}}?{_THEIRS}\b"),
    re.compile(rf"\b{_FULL_NAME}(?:['’]s|s['’]) (?:\w+ ){{0,2}}?{_ANYTHING}\b"),
    re.compile(rf"\b(?:{_THEIRS}|{_ANYTHING}) (?:of|belonging to|for) (?:Mr\.? |Mrs\.? |Ms\.? )?{_FULL_NAME}(?= |[?.!,]|$)"),
]
_PRONOUN = re.compile(
    r"\b(?:his|her|their)\b (?:\w+ ){0,2}?(?:balances?|accounts?|salary|income|earnings|savings|wages|"
    r"net worth|finances|bank|budgets?|debts?)\b"
    r"|\b(?:does|did|has|do|have) (?:he|she) (?:\w+ )?(?:have|earn|make|save|spend|owe|got|own|earned|saved|spent)\b"
)
_FROM_ME = re.compile(r"\b(?:from|off|out of|cost|costs|charge[ds]?|owe[ds]?|paid|pays|gave|sent|refunded) (?:me|us)\b")


def is_of_somebody_else(frame: Frame) -> bool:
    if _PRONOUN.search(frame.view):
        return True
    raw = frame.utterance.raw
    for source in _SOMEBODYS:
        match = source.search(raw)
        if match and not _is_known(match["name"], frame) and not _FROM_ME.search(frame.view):
            return True
    return False


def _is_known(name: str, frame: Frame) -> bool:
    """Whether the books hold the name, or the sentence says something else with it."""
    own = frame.names
    words = [word for word in fold(name).split() if word not in ("the", "my", "our")]
    spoken = {word for account in frame.own_accounts for word in fold(account.name).split()}
    known = [word in own.tokens or word in own.parts or word in spoken or word.removesuffix("s") in own.tokens for word in words]
    return not words or any(known) or any(fold(span.spoken) and fold(span.spoken) in fold(name) for span in frame.accounts)
