"""What is asked of money in general, and of Steward itself: that goes to the articles, never to the books, and the other way round.

Questions that nothing here answers (advice, the world, the bank's own services) are put to the articles as well: what they do not
support ends as it did before, with the template in `otherwise`.
"""

from __future__ import annotations

import re

from assistant.plan import Plan, Step
from assistant.reading.follow import last_query, leans
from assistant.reading.heard import Heard
from assistant.reading.scope import OUT_OF_SCOPE, Away
from assistant.slots.frame import Frame
from knowledge.scope import asks_the_books

_QUESTION_MAX = 1000
_LIKELY, _SURE = 0.4, 0.75
_CONCEPT = re.compile(
    r"^(?:(?:so|and|ok|hi|hey|hello|please|well|but|also|can you|could you|would you|i wonder|do you know|quick question) ?,? ?)*"
    r"(?:what (?:is|are|does|do)\b(?!.*\b(?:my|our)\b)[^?]* (?:mean|stand for|do|work|cover|entail|involve)\b|"
    r"what (?:is|are) (?:a|an|the (?:difference|point|purpose|meaning|idea|rule|use|deal|catch|advantages?|benefits?|downsides?)\b)|"
    r"what (?:exactly )?is meant by\b|(?:explain|define|teach me|tell me about)\b(?!.*\b(?:my|that|this|it|those)\b)|"
    r"how (?:does|do) (?!i\b|we\b|my\b|that\b|this\b|it\b|those\b|these\b)[^?]* "
    r"(?:work|function|differ|compare|affect|protect|save|earn|count|hold|know|decide|tell)\b|"
    r"(?:what|how) (?:would|do|does|can|could|should|must|shall) (?:i|you|one|we|somebody|people) "
    r"(?:do if|go about|start|begin|import|export|upload|undo|connect|claim|complain|avoid|protect|recogni[sz]e|spot|choose|"
    r"teach|invest|diversify|budget|dispute|block|report|prepare)\b|"
    r"why (?:is|are|do|does|should|would) (?!my\b|this\b|that\b|it\b|i\b)|is it (?:safe|better|worth|wise|true|normal|possible|cheaper|"
    r"a bad idea|a good idea)\b|"
    r"how (?:much|many|big|large|high|long)\b[^?,]*\b(?:should|must|ought)\b|when should (?:i|one|you)\b)"
)
_DIFFERENCE = re.compile(r"\b(?:difference|differences|differ|distinction) between (?:an? |the )?(?!what\b|my\b|\ue003)")
# "what is amortisation?": a thing that the books have no name for. "APR" is no month there.
_THING = re.compile(
    r"^(?:(?:so|and|ok|hi|hey|please|also) ?,? ?)*(?:what (?:is|are)|define|meaning of|what about) (?!my\b|our\b|left\b|coming\b|"
    r"due\b|going\b|new\b|still\b|next\b|changed\b|unusual\b|odd\b|wrong\b|up\b|that\b|this\b|"
    r"it\b|"
    r"in\b|on\b|there\b|the (?:most|least|total|sum|damage|average)\b)[^\W\d_][^?\d]*[ ?.!]*$"
)
_APR = re.compile(
    r"\b(?:is|an?|the|high|low|effective|representative|between|and|or|versus|by|does) apr\b|\bapr (?:mean|of|and|or|vs|on)\b"
)
_TROUBLE = re.compile(
    r"\b(?:stolen|stole|robbed|scam(?:med|mer|s)?|phish\w*|hacked|fraudster\w*|defrauded|cloned|lost my (?:card|wallet|purse|phone|pin)|"
    r"(?:card|wallet|purse|phone) (?:\w+ ){0,2}(?:is |was |got |has been |been )?"
    r"(?:stolen|lost|gone|missing|taken|nicked|cloned|skimmed|swallowed))\b"
)
# What a person with a case of their own wants to know: what may be done, why it is so, who pays. No figure of the books says that.
_CASE = re.compile(
    r"\b(?:can|could|may|might) (?:they|he|she|it|the \w+|my (?:bank|landlord|boss|employer|insurer|provider))\b|"
    r"\bcan (?:i|we|you) (?:still )?(?:claim|reverse|get (?:it|this|that|my|the|a)|stop|dispute|cancel|undo|delete|change|refuse|"
    r"complain|"
    r"send|return|borrow|see|trust|export|import)\b|\bhow (?:do|can|should|would) (?:i|we|you) (?!spend|stand|spent|compare)\b|"
    r"^(?:\w+ ){0,2}why (?:do|does|is|are|was|were|did|dont|wont|isnt|cant)\b|\bwhy[ ?.!]*$|\bwhy so high\b|"
    r"\bwho (?:pays|would pay|will pay|has to pay|is liable|covers)\b|"
    r"\b(?:is|are|does) (?:that|this|it|those|these) (?:still )?(?:realistic|normal|true|bad|legal|allowed|enough|too much|work|safe|"
    r"real|"
    r"fake|a scam|worth|ok(?:ay)?)\b|\bwhat (?:now|next|should i do|can i do|do i do|to do)\b|"
    r"\bhow (?:many|much) (?:days|time|long) do i have\b|"
    r"\bhow to \w+|\b(?:went|gone) (?:bust|bankrupt)\b"
)
_ORDERS = re.compile(r"^(?:just |please |and |then )*(?:give|show|list|display|add) ")
_OWN_LIMIT = re.compile(r"\b(?:my|our|i|we)\b[^?]*\b(?:limit|cap|capped|allowance|accounts?|konten)\b|\b(?:accounts?|konten) of mine\b")
_SHORT = 5
_STRONG = 5
_GENERAL = frozenset({"articles", "advice"})
_CASE_LIKELY = 0.3
_AWAY_TO_ARTICLES = frozenset({"general", "advice", "bank_service", "markets"})


def is_general(heard: Heard) -> bool:
    """Whether a clause asks of money in general, by its own words or the router's guess, and names nothing of the person's books."""
    frame, view = heard.frame, heard.frame.view
    if _OWN_LIMIT.search(view) or (
        last_query(heard.before) is not None and leans(frame) and (frame.periods or frame.other_periods or _is_short(view))
    ):
        return False
    if _TROUBLE.search(view) and not _names_books(frame):
        return True
    if asks_the_books(heard.text) or _names_books(frame):
        return False
    if is_concept(heard):
        return True
    if last_query(heard.before) is not None and leans(frame):
        return False
    likely = sum(guess.probability for guess in heard.guesses if guess.intent.name in _GENERAL)
    if _CASE.search(view) and likely >= _CASE_LIKELY:
        return True
    if heard.top.intent.name not in _GENERAL or _ORDERS.search(view) or any(strength >= _STRONG for _, strength in frame.measures):
        return False
    return likely >= (_SURE if _speaks_of_books(frame) else _LIKELY)


def _is_short(view: str) -> bool:
    return len(view.split()) <= _SHORT


def searched(heard: Heard, away: Away | None = None) -> Plan:
    """The plan that looks a clause up in the articles; `away` is how it ends where they support nothing."""
    if away is None and heard.top.intent.name in _AWAY_TO_ARTICLES and heard.top.probability >= _SURE:
        away = Away(OUT_OF_SCOPE, heard.top.intent.name, heard.top.intent.form)
    otherwise = "" if away is None else away.form or f"out_of_scope_{away.intent}"
    step = Step(tool="articles", arguments={"question": heard.text[:_QUESTION_MAX]})
    intent = "articles" if away is None else away.intent
    return heard.plan("answered", intent=intent, steps=(step,), slots={"otherwise": otherwise} if otherwise else {})


def away_plan(heard: Heard, away: Away, unread: tuple[str, ...] = ()) -> Plan:
    """How a clause that the books do not answer ends: with the articles where they may know, else with the words for it."""
    if away.status == OUT_OF_SCOPE and away.intent in _AWAY_TO_ARTICLES:
        return searched(heard, away)
    return heard.plan(away.status, intent=away.intent, form=away.form, unread=unread)


def is_concept(heard: Heard) -> bool:
    """Whether its own words ask what something is, how it works, what one should do."""
    view = heard.frame.view
    return bool(_CONCEPT.search(view) or _DIFFERENCE.search(view)) or _is_of_a_thing(heard.frame)


def _is_of_a_thing(frame: Frame) -> bool:
    named = frame.subjects or frame.accounts or frame.amounts or frame.statistics or frame.grouping.dimension
    if named or any(strength >= 3 for _, strength in frame.measures) or not _THING.search(frame.utterance.text):
        return False
    return not frame.periods or bool(_APR.search(frame.utterance.text))


def _names_books(frame: Frame) -> bool:
    """A merchant of theirs, an account of theirs, a stretch of time or a sum that is about facts."""
    own_account = any(span.ids for span in frame.accounts)
    return bool(frame.include.merchants or own_account or (frame.periods and (frame.measures or frame.include.names_facts())))


def _speaks_of_books(frame: Frame) -> bool:
    strong = any(strength >= 3 for _, strength in frame.measures)
    return strong or bool(frame.periods or frame.statistics or frame.grouping.asked)
