"""What the assistant does not do, and what it may not: told apart by words that leave no doubt, and by the router."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.reading.heard import Status
from assistant.reading.people import is_of_somebody_else
from assistant.router import Guess
from assistant.slots.frame import Frame
from assistant.slots.text import Utterance

_PERSON = (
    r"(?:neighbou?r|wife|husband|spouse|girlfriend|boyfriend|ex|boss|colleague|coworker|friend|brother|"
    r"sister|mother|father|mum|mom|dad|son|daughter|roommate|flatmate|housemate|landlord|employee|manager|"
    r"client|customer|user|someone|somebody|stranger)"
)
_THEIRS = (
    r"(?:balances?|accounts?|transactions?|spending|income|salary|earnings|savings|payments|data|details|"
    r"expenses|money|statements?|purchases|finances|net worth|wages)"
)
_OTHERS = re.compile(
    rf"\b(?:my|the|our|his|her|a|another|other|any|some|every|each|all) {_PERSON}s? ?(?:s|') {_THEIRS}\b|"
    rf"\b{_PERSON}s? {_THEIRS}\b(?<!customer data)|\b(?:someone|somebody|anyone|another person|"
    rf"other people|everyone|everybody)(?: else)?s? {_THEIRS}\b"
    rf"|\b(?:do|does|did|has|have|is|are|was) (?:my|the|our) {_PERSON} (?:\S+ )?(?:earn|earned|spend|spent|"
    rf"have|got|owe|make|made|save|saved|paid|pay|get)\b|\b(?:other|all|another|different|"
    rf"every) (?:customers?|users?|people|persons?|clients?|account holders?|households?)\b"
    r"|\b(?:customer|user|client|household|tenant)s? (?:id )?#?\d+|\b(?:acc|cus|usr|txn)[ _][0-9a-f]{4,}|"
    r"\bsomeone else\b|\bsomebody else\b"
)
_ANYBODY = re.compile(
    r"\baverage (?:person|household|family|customer|american|brit|german|man|woman|couple|citizen)\b|"
    r"\b(?:do|does) (?:other )?(?:people|everyone|everybody|others|most)\b|\bpeople (?:usually |normally |"
    r"typically )?(?:spend|earn|pay|save)\b|\bmy age\b"
)
_FUTURE = re.compile(
    r"\bnext (?:day|week|weekend|month|quarter|year|payment|bill|salary|pay ?day|pay ?che(?:ck|que)|"
    r"summer|winter|january|february|march|april|may|june|july|august|september|october|november|december|"
    r"one|\d+|few|couple|two|three|six|twelve)\b|\btomorrow\b"
    r"|\bupcoming\b|\bforecast\w*|\bpredict\w*|\bproject(?:ion|ions|ed)\b|\bgoing to (?:spend|cost|earn|"
    r"have|pay|save|need|run)\b|\b(?:will|shall) (?:i|my|it|the|we|there|our|this|that)\b|^(?:and |so |"
    r"but )?(?:will|wo n?t) (?!you\b)|\bhow long (?:will|until|till|before|"
    r"do i have until)\b|\bdue\b(?! on (?:my |the )?\ue002)|\bif i (?:spend|save|saved|spent|earned|had|"
    r"put|invest|keep)\b|\bin the (?:future|coming)\b|\bby the end of (?:the|this|next)\b.*\bwill\b|"
    r"\bcoming up\b|\bexpect(?:ed|ing)? to\b"
)
# What books cannot know: what is allowed, what others want, what is so in the world.
_OF_THE_WORLD = re.compile(
    r"\b(?:allowed|permitted|entitled|obliged|legal|illegal|liable|refuse) (?:to|for|by|if)\b|"
    r"\b(?:legally|lawful|by law|against the law|my rights)\b|"
    r"^(?:is|are|was) (?:it|that|this) (?:il)?legal\b|^(?:and |so |but )?(?:can|could|may|might|would|should) (?!you\b|i\b|we\b)|"
    r"\b(?:do|does) (?:i|we|it) (?:have|need) to (?:pay|declare|return|give|tell)\b|\b(?:tell|know|"
    r"write|sing) (?:me |us )?(?:a|an|any|some) (?:\w+ )?(?:jokes?|story|stories|riddles?|poems?|"
    r"songs?|haiku)\b|"
    r"\b(?:(?:a|the|any|good|best|your|some) (?:\w+ )?)recipes?\b|\bhow (?:do|can|would|should) (?:i|"
    r"you|we) (?:cook|bake|make a|prepare)\b|"
    r"\b(?:the|todays?) weather\b|\bweather (?:forecast|today|tomorrow|like)\b|\bwhat (?:time|day) is it\b|\bcapital of\b"
)
_ADVICE = re.compile(
    r"\bshould (?:i|we)\b|\bafford\b|\bcan i (?:spend|buy)\b|\badvice\b|\badvi[sc]e me\b|\brecommend\w*|"
    r"\bworth (?:it|buying|investing)\b|\bis it (?:wise|sensible|smart|a good idea|sensible)\b|"
    r"\bhow (?:can|could|might|would|do) (?:i|we) (?:\S+ )?(?:save|cut|reduce|spend less|economi[sz]e|"
    r"lower|budget better|get out)\b|\bbest way to\b|\btips\b|\bgood idea\b|\btoo much on\b|"
    r"\bwould it be\b|\bsensible to\b|\bhelp me (?:save|invest|budget)\b"
)
_NO_STATISTIC = re.compile(
    r"\b(?:median|standard deviation|variance|correlation|correlat\w+|percentiles?|quartiles?|outliers?|"
    r"anomal\w+|unusual|suspicious|fraud\w*|duplicate[sd]?|twice|volatility|regression|histogram|carbon|"
    r"footprint|tax deductible|deductible|credit score|inflation|interest rates?)\b"
)
_RECURRING = re.compile(r"\b(?:recurring|subscriptions?|standing orders?|direct debits?|repeating|regular payments?)\b")
_ACT = re.compile(
    r"^(?:(?:please|can you|could you|would you|i want to|i would like to|i want you to|and|ok|hey|just|"
    r"now|go ahead and) ,?)*(?:cancel|delete|remove|recategori[sz]e|rename|block|freeze|unblock|export|"
    r"download|import|e-?mail|dispute|close|undo|edit|stop|unsubscribe|terminate|refund|buy|sell|order|"
    r"book|remind|notify|alert|mark|tag|categori[sz]e|merge|switch|invest|print)\b"
)
_ORDER = re.compile(
    r"^(?:(?:please|can you|could you|would you|i want to|i would like to|i want you to|and|ok|hey|just|now|go ahead and) ,?)*"
    r"(?:(?:book|order|buy|sell|reserve|get) (?:the|a|an|me|us|some|another|more)|cancel|unsubscribe|"
    r"dispute|block|freeze|remind me(?= (?:to|in|when|every))|"
    r"e-?mail|call|phone|text|notify|negotiate) (?!(?:much|many|figure|number|total|breakdown|list|idea|overview|sum|summary)\b)"
)
_GIVE = re.compile(
    r"^(?:(?:please|can you|could you|and|ok|just|now) ,?)*(?:(?:give|lend|slip) (?:my |the )?(?!me\b|us\b|"
    r"my\b|the\b)[^\W\d_]+(?: [^\W\d_]+)? \ue004|"
    r"(?:zelle|venmo|paypal|cashapp|twint|swish|bizum|wire|pay|send) (?:my |the |our )?(?:[\ue000\ue001]+|(?!off\b|down\b)[^\W\d_]+)"
    r"(?: [^\W\d_\ue000-\ue006]+)? \ue004+(?: (?:for (?:me|us)|now|today|please|back))*[ .!?]*$)|"
    r"^(?:(?:please|can you|could you|would you|will you|and|ok|just|now) ,?)*(?:pay|settle) (?:my|the|our|this|that) "
    r"(?:[^\W_]+ |[\ue000\ue001]+ ){0,3}?"
    r"(?:bills?|invoices?|rent|fees?|fine|[\ue000\ue001]+)(?!\w)(?! (?:off|down|from \ue002))"
)
_REMOVE = re.compile(
    r"^(?:(?:please|can you|could you|would you|just|and) )*(?:delete|remove|cancel|erase|wipe|"
    r"clear) (?:my |the |all |this |that |a )*(?:\S+ ){0,3}?(?:budgets?|accounts?|transactions?|data|"
    r"subscriptions?|payments?|purchases?|category|entry|import)\b"
)
_INJECTION = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass)\b.{0,30}\b(?:instructions?|rules?|prompts?|above|"
    r"previous|guidelines|security|restrictions)\b|\b(?:system|hidden|initial) prompt\b|"
    r"\bdeveloper mode\b|\bjailbreak\b|\b(?:drop|truncate|alter) table\b|\bselect \S+ from\b|"
    r"\bdelete from\b|\bapi key\b|\bact as (?:an? )?(?:admin|dan|root)\b|\byou are now\b|"
    r"\bi am (?:the |an |your )?(?:admin\w*|developer|support|operator|auditor|root|superuser|system)\b|\bnew instructions?\b|"
    r"\b(?:print|show|reveal|repeat|output) (?:me )?(?:your|the|all) (?:\w+ )?(?:instructions|prompt|rules|configuration|secrets?)\b|"
    r"\b(?:without|no|skip|drop|lift|turn off|disable) (?:any |the |all |your )?(?:restrictions|checks|"
    r"filters|safeguards|rules|limitations)\b|"
    r"\bpretend (?:to be|you are|that you|i am|i m)\b|\brm -rf\b|\bpasswords?\b.*\b(?:admin|give|show|tell)\b|"
    r"\b(?:give|show|tell)\b.*\bpasswords?\b"
)

_ASKS = re.compile(
    r"^(?:please |can you |could you )*(?:show|list|find|how|what|which|when|where|who|did|is|was|have|"
    r"display|see|any)\b"
)
OUT_OF_SCOPE: Status = "out_of_scope"


@dataclass(frozen=True)
class Away:
    """What is not answered, and which template says so."""

    status: Status
    intent: str
    form: str


def is_override(text: str) -> bool:
    """Whether a text, in whatever part of it, tells the assistant to be something else."""
    return bool(_INJECTION.search(Utterance.of(text).text))


def barred(frame: Frame, guesses: Sequence[Guess]) -> Away | None:
    """What is not answered, by words that leave no doubt; None where the books may answer."""
    view = frame.view
    if is_override(frame.utterance.raw):
        return Away("refused", "injection", "refused_injection")
    if _OTHERS.search(view):
        return Away("refused", "others_data", "refused_others")
    if is_of_somebody_else(frame):
        return Away("refused", "others_data", "refused_others")
    if _OF_THE_WORLD.search(view):
        return Away(OUT_OF_SCOPE, "general", "")
    if _ANYBODY.search(view):
        return Away(OUT_OF_SCOPE, "analysis_missing", "out_of_scope_analysis")
    if _ADVICE.search(view):
        return Away(OUT_OF_SCOPE, "advice", "out_of_scope_advice")
    if _FUTURE.search(view) and not re.search(r"\bbudgets?\b", view):
        return Away(OUT_OF_SCOPE, "forecast", "out_of_scope_forecast")
    if _NO_STATISTIC.search(view) and not frame.include.text:
        return Away(OUT_OF_SCOPE, "analysis_missing", "out_of_scope_analysis")
    if _RECURRING.search(view) and not frame.include.names_facts():
        return Away(OUT_OF_SCOPE, "analysis_missing", "out_of_scope_analysis")
    if _GIVE.search(view) or _REMOVE.search(view) or _ORDER.search(view) or (_ACT.search(view) and guesses[0].intent.status != "answered"):
        return Away("refused", "act_refused", "refused_act")
    return None


def routed_away(frame: Frame, guesses: Sequence[Guess], left_over: int) -> Away | None:
    """The same by the router, where the clause's own words do not speak for a question of the books."""
    top = guesses[0]
    asks = bool(_ASKS.search(frame.view)) and frame.include.names_facts()
    away = sum(
        guess.probability for guess in guesses if guess.intent.status != "answered" and not (asks and guess.intent.status == "refused")
    )
    if frame.grouping.asked and frame.grouping.dimension and frame.include.names_facts() and not left_over:
        return None  # "on which weekday does most of my restaurant money go"
    anchored = frame.include.names_facts() or bool(frame.accounts) or any(strength >= 4 for _, strength in frame.measures)
    sure = top.probability if top.intent.status != "answered" else 0.0
    if (sure < (0.5 if left_over else 0.8)) if anchored else away < 0.45:
        return None
    named = top if top.intent.status != "answered" else next(guess for guess in guesses if guess.intent.status != "answered")
    if named.probability < 0.3:
        return Away(OUT_OF_SCOPE, "general", "")
    form = named.intent.form or f"{named.intent.status}_{named.intent.name.removesuffix('_missing')}"
    return Away("refused" if named.intent.status == "refused" else OUT_OF_SCOPE, named.intent.name, form)
