"""The words of danger in English (HR-29), in the format of danger_rule.py."""

from __future__ import annotations

from bot.redact.danger_rule import Rule

CLASSES = {
    "kin_en": (
        "husband|wife|partner|boyfriend|girlfriend|ex|ex husband|ex wife|ex boyfriend|dad|father"
        "|mum|mom|mother|stepdad|stepfather|stepmum|stepmom|stepmother|brother|sister|son|daughter|uncle"
        "|grandad|grandpa|grandfather|grandma|grandmother|kid|kids|child|children|baby|roommate"
        "|flatmate|parents|neighbour|neighbor|friend|teacher|coach"
    ),
    "who_en": (
        "he|she|they|(?:my|her|his|our|their) {kin_en}|dad|mum|mom|someone|somebody|a man|the man"
        "|a guy|some guy|the neighbour|the neighbor"
    ),
    "whom_en": (
        "me|us|her|him|(?:my|her|his|our|their) {kin_en}|the (?:kids|children|baby|child)|a child"
    ),
    "person_en": (
        "i|he|she|we|someone|somebody|(?:my|her|his|our|their) {kin_en}"
        "|(?:a|an|the) (?:old |young |elderly )?(?:man|woman|person|boy|girl|child|kid|baby|cyclist"
        "|lady|guy)"
    ),
}

RULES: tuple[Rule, ...] = (
    Rule(
        "emergency",
        "fire burning gas explosion",
        (
            (
                r"(?:theres|there is|it is|its)(?: been)?(?: a| an)?(?: big| huge| house| "
                r"kitchen| car)* fire(?! (?:station|alarm|drill|engine|truck|ban|department"
                r"|brigade|pit|hazard|escape|hydrant|extinguisher|door|doors|safety|works"
                r"|place|festival|show))"
            ),
            r"(?:is|are|caught|house|car|kitchen|building|flat) on fire|caught fire",
            (
                r"fire in (?:the|my|our) (?:kitchen|house|flat|building|basement|garage"
                r"|apartment|car|forest|stairwell|bin|container)"
            ),
            r"(?:house|flat|kitchen|building|apartment|car|roof|garage|shed) is burning",
            r"smells?(?: \w+){0,2} gas|gas leak",
            r"(?:been|was|heard) an explosion",
        ),
    ),
    Rule(
        "emergency",
        (
            "breathing breathe unconscious wake waking unresponsive bleeding attack stroke "
            "seizure chest choking poison bleach overdose overdosed pills moving"
        ),
        (
            r"(?:not|isnt|stopped) breathing|(?:cant|cannot|can not) breathe",
            r"{person_en}(?: \w+){0,3} (?:unconscious|unresponsive)",
            r"(?:wont|will not|doesnt|does not|not) (?:wake|waking) up",
            r"{person_en}(?: \w+){0,5} (?:is not|isnt|not) moving",
            r"bleeding (?:heavily|badly|a lot|out|to death|profusely|from (?:the|his|her) head)",
            r"(?:having|just had|has had|i think its) an? (?:heart attack|stroke|seizure)",
            r"(?:chest pains?|pain in my chest)",
            r"(?:is|am|im|hes|shes) choking(?! on your)",
            r"(?:drank|swallowed|ate|drunk|eaten)(?: some| the)? (?:poison|rat poison|bleach)",
            r"(?:took|taken|taking|take) an overdose|overdosed",
            (
                r"(?:took|taken|swallowed)(?: \w+)? (?:too many|all (?:my|her|his|the)|a lot "
                r"of)(?: \w+)? pills"
            ),
        ),
    ),
    Rule(
        "emergency",
        (
            "ambulance drowning water harbour harbor lake river accident crash emergency danger "
            "dying hit run"
        ),
        (
            r"(?:call|called|need|send|get)(?: \w+){0,2} ambulance",
            r"{person_en}(?: \w+){0,2} drowning(?! in)",
            (
                r"{person_en}(?: \w+)? (?:fell|fallen) (?:in|into) the (?:water|harbour|harbor"
                r"|lake|river)"
            ),
            r"(?:theres|there has|there is)(?: just)?(?: been)? an?(?: \w+)? (?:accident|crash)",
            (
                r"{person_en}(?: \w+){0,2} (?:was|been|got)(?: just)? (?:hit|run over) by an? "
                r"(?:car|bus|truck|train|van|bike)"
            ),
            r"(?:its|this is|it is) an emergency",
            (
                r"(?:im|i am|were|we are|shes|she is|hes|he is|{person_en} (?:is|are)) in(?: "
                r"serious| immediate| great| real)? danger(?! of)"
            ),
            r"(?:im|i am|hes|shes|he is|she is) dying(?! (?:to|of|for))",
        ),
    ),
    Rule(
        "suicide",
        (
            "die dead kill killing life suicide suicidal live alive myself himself herself "
            "harm harming end without here exist"
        ),
        (
            r"i(?: \w+){0,2} (?:want to|wanna) die|want to be dead|(?:he|she) wants to die",
            r"(?:wish i (?:was|were)|rather be|better off) dead|better off without me",
            r"kill(?:ing)? (?:myself|himself|herself)|i want to end it|end it all",
            r"(?:end|ending|take|taking) (?:my|his|her)(?: own)? life",
            (
                r"(?:dont|do not|no longer|not) want to (?:live|be alive|be here|exist)(?: "
                r"anymore| any more| any longer|{closes})"
            ),
            r"(?:no reason|nothing left|nothing) to live(?: for)?(?: anymore)?{closes}",
            r"(?:im|i am|feel|feeling|is|hes|shes)(?: \w+)? suicidal|suicidal thoughts",
            r"(?:thinking (?:about|of)|considering|commit|committing|attempted|planning) suicide",
            (
                r"(?:want to|wanna|going to|gonna|urge to|might|will) (?:hurt|harm|cut|hang"
                r"|shoot) myself"
            ),
            r"(?:hurting|harming|cutting) myself|self harming|i self harm",
        ),
    ),
    Rule(
        "child",
        (
            "hits hit hitting beats beat beating abuses abused abusing touches touched touching "
            "molested molests hurts neglected neglects worried beaten"
        ),
        (
            (
                r"(?:my|our) (?:dad|father|mum|mom|mother|parents|stepdad|stepfather|stepmum"
                r"|stepmother|uncle|teacher|coach|grandad|grandfather)(?: \w+){0,2} (?:hits"
                r"|hit|beats|beat|abuses|abused|hurts|molested|molests) (?:me|us|my (?:brother"
                r"|sister))(?! (?:at|in|to))"
            ),
            (
                r"(?:dad|father|stepdad|stepfather|uncle|teacher|coach|he|grandad)(?: \w+)? "
                r"(?:touches|touched|touching|molested|molests) (?:me|my (?:son|daughter|kids?"
                r"|child))"
            ),
            (
                r"(?:hits|hit|hitting|beats|beat|beating|abuses|abused|abusing|neglects|hurts"
                r"|molests|touches) (?:his|her|their|a|the|our|my) (?:child|kid|kids|son"
                r"|daughter|children|baby|little \w+)"
            ),
            (
                r"(?:child|son|daughter|kid|kids|children|baby|boy|girl)(?: \w+){0,2} (?:is"
                r"|are|was|were|being|been)(?: \w+){0,2} (?:beaten|abused|neglected|molested)"
            ),
            r"worried about (?:a child|my neighbou?rs (?:kid|kids|child|children|baby))",
        ),
    ),
    Rule(
        "violence",
        (
            "hits hit beats beat beaten beating hitting kicks kicked punched punches slapped "
            "slaps strangled strangles choked chokes abuse abuses abused abusive "
            "attacked raped rape rapes violent violence assaulted threatened threatens "
            "threatening kill killed hurt shoot stab locked afraid scared terrified fear"
        ),
        (
            (
                r"{who_en}(?: (?:has|have|had|always|often|just|sometimes|keeps|still|is"
                r"|regularly|physically|sexually)){0,2} (?:hits|hit|beats|beat|beating|beaten"
                r"|hitting|kicks|kicked|punched|punches|slapped|slaps|strangled|strangles"
                r"|choked|chokes|abuses|abused|attacked|raped|rapes) {whom_en}(?! (?:at|in "
                r"(?:chess|football|tennis|cards|the (?:race|game))|by|to|up|with (?:a |an "
                r"|the )?(?:fee|bill|fine|charge|invoice|letter|question)))"
            ),
            (
                r"(?:im|i am|i was|i have been|ive been|being|been) (?:being )?(?:beaten"
                r"|abused|raped|assaulted|strangled)"
            ),
            r"victim of (?:domestic )?(?:violence|abuse|rape)",
            r"(?:violent|abusive) (?:husband|partner|boyfriend|ex|father|wife|relationship|home)",
            (
                r"(?:husband|partner|boyfriend|ex|dad|father|wife|he|she|hes|shes)(?: is| gets"
                r"| became)?(?: \w+)? (?:violent|abusive)"
            ),
            (
                r"(?:threatens|threatened|threatening) (?:me|us|my {kin_en})(?! with (?:a |an "
                r")?(?:fine|bill))"
            ),
            (
                r"{who_en}(?: \w+){0,2} (?:threatens|threatened|threatening|wants|tries|tried"
                r"|trying|going|said he would) to (?:kill|hurt|hit|beat|shoot|stab|rape) "
                r"{whom_en}"
            ),
            r"(?:he|she|they)(?: will| would|ll)? (?:kill|killed|is going to kill) (?:me|us|her)",
            r"{who_en}(?: has| have)? locked {whom_en} (?:in|inside|up)",
            (
                r"(?:afraid|scared|terrified) of (?:him|her|my (?:husband|wife|partner"
                r"|boyfriend|girlfriend|ex|father|dad|mother|stepdad|stepfather|son"
                r"|brother))(?:{closes}|(?= (?:and|when|because|he|she|help|at)))"
            ),
            r"(?:afraid|scared|fear) for my life",
        ),
    ),
    Rule(
        "police",
        (
            "breaking broke broken burglar burglars intruder house flat home apartment "
            "following stalking gun knife weapon shot stabbed robbed mugged attacked "
            "kidnapped gunshots shots shooting police kill missing"
        ),
        (
            (
                r"(?:someone|somebody|a man|he|she|they|people|burglars?)(?: \w+){0,3} "
                r"(?:breaking|broke|broken) (?:in(?! two| half)|into (?:my|our|the|his|her) "
                r"(?:house|home|flat|apartment|car|shop|shed|garage|basement|school))"
            ),
            r"burglars? (?:in|is|are|at|outside)|intruder",
            (
                r"(?:someone|somebody|a stranger|a man|strangers)(?: is| are)?(?: \w+)? (?:in"
                r"|inside) my (?:house|flat|home|apartment)"
            ),
            r"(?:is|are|keeps|hes|shes|been) (?:following|stalking) (?:me|us|my {kin_en})(?! on)",
            (
                r"(?:{who_en}|hes|the boy|the boys)(?: \w+){0,2} (?:has|have|got|with|pulled) "
                r"a (?:gun|knife|weapon)"
            ),
            (
                r"{person_en}(?: \w+){0,2} (?:been|was|got)(?: just)? (?:shot|stabbed|robbed"
                r"|mugged|kidnapped|attacked)"
            ),
            r"(?:hear|heard) (?:gunshots|shots|shooting)|shooting (?:at|outside)",
            r"(?:call|need|send) the police",
            r"i(?: am| m)?(?: \w+)?(?: going to| gonna)? kill (?:you|him|her|you all)",
            r"i will kill (?:you|him|her|them)",
            (
                r"my(?: \w+)? (?:son|daughter|child|kid|baby|mother|father|mum|mom|dad|wife"
                r"|husband) (?:is|has gone) missing(?! (?:a|an|the|his|her|some|out|from))"
            ),
        ),
    ),
)
