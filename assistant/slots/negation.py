"""What is to be left out: "without rent", "excluding Amazon and transfers", "except at the weekend", "not counting my card"."""

from __future__ import annotations

import re

from assistant.slots.text import ANY_MARK, Utterance

_OUT = (
    r"(?:without|excluding|excludes?|exclud(?:e|ing)|except(?: for| from)?|excepting|not (?:counting|"
    r"including|including any|considering|at|on|in|from|with|for)|no(?= $)|minus|apart from|"
    r"aside from|other than|besides|but not|ignoring|ignore|leaving out|leave out|leave aside|"
    r"leaving aside|disregard(?:ing)?|omit(?:ting)?|skip(?:ping)?|excl\.?|ex(?= $)|outside(?: of)?|"
    r"do not (?:count|include)|did not (?:count|include)|taking out|filter(?:ing)? out|bar(?:ring)?|"
    r"net of|save for|leaving|anything but|everything but|all but|with the exception of|^(?:and |now |please |"
    r"ok )*(?:drop|remove|forget|discount|take away|lose)|removing|discounting|exempting|if (?:i|you|"
    r"we) (?:ignore|exclude|leave out|take out|do not count|strip out)|strip(?:ping)? out|sans|that (?:is|"
    r"are|was|were) not|which (?:is|are|was|were) not|(?:is|are|was|were) not)"
)
_DETERMINERS = (
    r"(?: (?:the|my|our|any|all|of|stuff|money|spending|payments?|costs?|things|at|on|in|from|for|to|"
    r"anything|bought|spent|what|i|it|that))*"
)
_BEFORE = re.compile(rf"\b{_OUT}{_DETERMINERS} ?$")
_KEPT = re.compile(r"\b(?:leave|leaving|left|keep|keeping|kept|take|taking|strip|stripping|with)(?: (?:the|my|our|all|any))* $")
_OUT_OF_IT = re.compile(
    rf"[{ANY_MARK}]+(?: (?:and|or) (?:the |my )?[{ANY_MARK}]+)*(?: (?:spending|payments?|stuff|bills?))?(?: (?:left|taken|kept|"
    rf"put|set))? (?:out|aside|"
    rf"off)(?: of (?:it|that|this|them|the (?:sum|total|picture|count)))?\b"
)
_NOT_THIS = re.compile(rf"(?<=[{ANY_MARK}]) ?,? (?:and )?not (?:the |my |our )?$")  # "Boots, not Amazon"
# "the rent not counted", "groceries excluded"
_NOT_COUNTED = re.compile(
    rf"[{ANY_MARK}]+(?: (?:is|are|being))? (?:not (?:counted|included|considered)|excluded|discounted|disregarded|ignored|left aside)\b"
)
_CHAIN = re.compile(rf"[{ANY_MARK}] ?(?:,|and|or|nor|, and|/|, or)(?: (?:the|my|our|on|at|in|from|any|for|at))* ?$")


def is_left_out(utterance: Utterance, start: int) -> bool:
    """Whether the span that starts here is excluded, by itself or as one of a chain ("without rent and insurance")."""
    before = utterance.view[:start]
    if match := _BEFORE.search(before):
        utterance.use(*match.span())
        return True
    kept, out = _KEPT.search(before), _OUT_OF_IT.match(utterance.view, start)
    if kept and out:
        utterance.use(*kept.span())
        utterance.use(*out.span())
        return True
    if match := _NOT_THIS.search(before):
        utterance.use(*match.span())
        return True
    if after := _NOT_COUNTED.match(utterance.view, start):
        utterance.use(start, after.end())
        return True
    chain = _CHAIN.search(before)
    if not chain:
        return False
    place = chain.start()
    while place > 0 and before[place - 1] == before[place]:
        place -= 1
    return is_left_out(utterance, place)
