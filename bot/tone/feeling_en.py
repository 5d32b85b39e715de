"""The words of anger and of dissatisfaction with us, in English, in the form of `feeling_da.py`."""

from __future__ import annotations

CLASSES = {
    "very": (
        "(?: (?:so|really|very|absolutely|totally|completely|beyond|utterly|just|simply|quite"
        "|truly|extremely|more than|fucking|bloody|all|honestly|getting|now|pretty|still|such|a|an"
        "|downright|actually|both|and|the most|deeply)){0,4}"
    ),
    "mad": (
        "angry|furious|livid|enraged|fuming|outraged|mad(?! about the)|pissed off|pissed|appalled"
        "|disgusted|humiliated|infuriated|seething|raging|boiling|speechless|incensed|irate|bitter"
        "|insulted|sick of|fed up|done with you|sick and tired|frustrated|at my wits end"
        "|heartbroken|devastated"
    ),
    "bad": (
        "disgrace|disgraceful|outrageous|outrage|scandal|scandalous|disgusting|pathetic|shameful"
        "|ridiculous|unbelievable|insane|absurd|insulting|an insult|a joke|appalling|unacceptable"
        "|bullshit|crap|a farce|laughable|disrespectful|inhumane|inhuman|cruel|shocking|atrocious"
        "|abysmal|robbery|theft|daylight robbery|beyond belief|madness|nonsense|rubbish service|a "
        "scam|despicable|heartless|degrading|demeaning|a nightmare|nightmare|a circus|a mockery"
        "|infuriating|incredible|rude|garbage|criminal|horrible service|terrible service"
    ),
    "useless": (
        r"useless|incompetent|idiots|clowns|liars|hopeless|arrogant|cowards|hypocrites|morons"
        r"|amateurs|heartless|pathetic|lazy|a joke|worthless|jokers|crooks|thieves|disgrace|a "
        r"disgrace|rude|stupid|fools|bunch of \w+|asleep|deaf|blind|cruel|lying|kidding|joking"
        r"|serious|insane|out of your minds?|bullies"
    ),
    "us": (
        "you|your|yours|this (?:council|municipality|town hall|town|place|office|service|system"
        "|kommune)|the (?:council|municipality|town hall|kommune|staff|office|system|clerk)|town "
        "hall|case ?workers?|kommunen|kommune|people there|you people|you guys"
    ),
    "number": (
        "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[0-9]{1,3}|several|many|a "
        "hundred|dozen"
    ),
    "third": (
        "third|3rd|fourth|4th|fifth|5th|sixth|6th|seventh|7th|eighth|tenth|10th|hundredth"
        "|umpteenth|millionth|nth"
    ),
}

ANGRY = (
    (
        "(?:fuck|fucking|fucked|fuckers?|bullshit|wtf|assholes?|arseholes?|bastards?|pissed off"
        "|screw (?:you|this|the|your)|piss off|go to hell|to hell with|what the hell|the hell "
        "(?:is|are|do|did)|for gods sake|for fucks sake|ffs|bloody (?:useless|ridiculous|hell|joke"
        "|idiots|disgrace|council)|piece of (?:shit|crap)|shitty|shitshow|full of (?:shit|crap|it)"
        "|dont give a (?:damn|shit|toss|fuck)|give a (?:damn|shit|toss|fuck)|damn (?:you|council"
        "|kommune|letter|letters|system|form|forms|people|municipality|office|thing|time))"
    ),
    (
        "(?:i am|im|i was|we are|were|i feel|ive never been|have never (?:felt|been)|felt|makes? "
        "me|me|leaves? me|left me|i have never been){very} {mad}(?! with (?:my|the (?:neighbour"
        "|dog))| at (?:my|the neighbour))"
    ),
    "(?:so|absolutely|beyond|utterly) {mad}",
    "{mad} (?:with|at|by|of) {us}",
    r"(?:had|have had|ive had) (?:\w+ )?enough(?! (?:time|sleep|coffee|food|to|of the snow|rain))",
    r"enough is enough|(?:my|our) patience (?:is|has) \w+|(?:lost|losing|out of) (?:\w+ )?patience",
    "last straw|i give up|i am done|im done(?! with the form)|were done|you win",
    (
        r"(?:never|not) (?:ask|trust|contact|come to|call|believe|turn to|deal with)(?: \w+){0,4} "
        r"(?:again|anything|you|a word)"
    ),
    (
        "(?:sick|tired)(?: and tired)? of (?:you|your|this|being|waiting|hearing|having to|the "
        "(?:excuses|lies|council|run))"
    ),
    r"cant (?:take|stand|do) (?:this|it|any|much)(?: \w+)? (?:more|any more|anymore|longer)",
    (
        r"(?:lost|losing|no) (?:all |any |every )?(?:respect|trust|faith|confidence)(?: \w+)?(?: "
        r"left| in| for)"
    ),
    (
        r"(?:cried|crying|in tears|close to tears|sobbing|broke down|cry)(?: \w+){0,5} (?:because "
        r"of (?:how|you|your)|over (?:your|this|how)|after (?:the|talking|your|what)|your|you"
        r"|frustration)"
    ),
    r"(?:brought|reduced)(?: \w+){0,3} to tears|lie awake because|on the verge of",
    # Verdicts.
    (
        r"(?:you|youre|you are|they are|your \w+|the council|the municipality|this council|this "
        r"municipality|this place|kommune|bunch of|what a bunch|all of you|lot)(?: (?:are|is|guys"
        r"|people|lot|all|must be|were|re)){0,2}{very} {useless}(?! (?:about|if|to)\b)"
    ),
    "are you{very} (?:{useless}|out of|for real|even (?:human|reading|listening|awake))",
    "(?:incompetent|useless|liars|idiots|clowns|incompetence|morons|cowards|pathetic)",
    "every (?:last|single) one of you|(?:the )?whole (?:lot|bunch) of you",
    (
        r"(?:this|it|its|that|thats|what|how|such|whole thing|treatment|service|behaviour|honestly"
        r"|is|was|simply|just|absolutely|beyond|utterly|your \w+)(?: (?:is|was|has been|a|an|pure"
        r"|complete|total|absolute|utter|all|how|truly|quite|just|really|so|absolutely|simply"
        r"|beyond|completely|plain|frankly|nothing but|downright|an absolute|such)){0,4} {bad}(?! "
        r"(?:beautiful|good|nice|news|weather|view|sunset|how (?:good|nice|fast|kind|beautiful"
        r"|lovely)|how|in a good|fun|value|place|work|job|idea|people|day))"
    ),
    (
        r"(?:< |! |!! |\| |\? |\?\? )(?:unbelievable|disgusting|disgraceful|shameful|outrageous"
        r"|ridiculous|pathetic|unacceptable|appalling|shame)(?: \w+)? (?:\||!|!!|>)"
    ),
    "shame on (?:you|the|this)",
    "(?:should|ought to) (?:all )?be (?:ashamed|fired|sacked|ashamed of)|ashamed of (?:your|you)",
    "have you no shame|no shame",
    "how dare (?:you|they)|who do you (?:people )?think you are",
    "what (?:is|the hell is|on earth is) wrong with you|what on earth (?:are|do|did|is)",
    "what (?:exactly )?do you (?:people |guys |even |actually ){0,2}do (?:all day|there)",
    "what am i paying|what do (?:i|we) pay (?:my |our )?tax(?:es)? for",
    "why do (?:i|we) (?:even |bother )?(?:pay|bother)|how hard can|how (?:difficult|hard) is it",
    r"how many (?:more )?times|how much longer (?:do|must|should|will)(?: \w+)? (?:i|we)",
    (
        r"how long (?:do|must|should) (?:i|we) (?:have to |keep )?(?:put up|suffer|wait (?:before "
        r"(?:anyone|somebody|you)|\?\?|!!))"
    ),
    r"do you (?:even|ever|people)(?: \w+)? (?:read|listen|care|work|answer|think|know what)",
    (
        "is (?:anybody|anyone|somebody|there anyone|anyone even) (?:even |actually )?(?:alive"
        "|awake|home|working|who|capable)"
    ),
    (
        "why (?:wont|cant|dont|doesnt) (?:you|anyone|anybody|somebody) (?:just |ever |even "
        "|actually )?(?:answer|listen|read|help|care|call|do|reply|respond|pick)"
    ),
    (
        r"do i (?:have to|need to|really have to)(?: \w+){0,10} (?:before (?:anyone|somebody|you"
        r"|someone|anybody)|to get)"
    ),
    "you (?:cannot|cant|must) be (?:serious|joking|kidding)|kidding me|is this a joke",
    "you call (?:this|that)",
    (
        r"(?:treated|treat|treats|treating)(?: \w+){0,3} (?:like|as if|as though)(?! (?:family"
        r"|royalty|a (?:guest|king|queen|friend)))"
    ),
    r"(?:talked|spoke|talk|speak|spoken|talking|looked) (?:\w+ )?down (?:to|on|at)",
    r"(?:laughed|laughs|laughing|sneered) (?:at|in)(?: \w+)? (?:me|my|us|face)",
    (
        r"(?:the way|how|because of how|what) (?:\w+ ){1,3}(?:spoke|talked|shouted|treated|speaks"
        r"|talk|treats?)(?: \w+)? (?:to )?(?:me|us|my \w+)"
    ),
    "humiliated|humiliating|degraded",
    "made (?:me|us|her|him) feel (?:like|so|stupid|small|worthless|unwelcome)",
    "felt so (?:small|stupid|ashamed|unwelcome|alone|let down|humiliated)|no respect",
    "not a shred of|without (?:any|a shred of) respect",
    r"(?:let|letting) (?:me|us|my \w+|our \w+|them|her|him|the \w+|everyone|people) down",
    (
        r"(?:you|council|municipality|system) (?:have |ve |has |just |completely ){0,3}(?:failed"
        r"|fail|abandoned|ruined|destroyed|betrayed|wrecked|ignored|ignore|ignoring|lied|lie"
        r"|cheated|broke your)(?: \w+)?"
    ),
    "you(?:ve| have)? (?:ruined|lied|failed|ignored|abandoned|destroyed)",
    r"(?:left|leave|leaving)(?: \w+){0,3} (?:in the lurch|out in the cold|to rot|to fend)",
    "wont forget|will not forget|never forgive",
    (
        r"(?:sent|send|passed|pass|pushed|bounced|shoved)(?: \w+){0,2} (?:round and round|around "
        r"in circles|from pillar|from office to office|from one|back and forth|from desk|in circles"
        r"|around like|around between)"
    ),
    "(?:going|run|running) (?:round )?in circles|run ?around|passing the buck|wild goose",
    (
        r"(?:nobody|no one|noone|not one(?: of you| person| single)?|not a single (?:person|one"
        r"|soul|word|reply|answer)|none of you)(?: of you| has| have| even| ever| there| in \w+| "
        r"at the \w+| bothered| could| can| will| seems to| wants to| actually| is| at| "
        r"cares){0,4} (?:even |ever )?(?:bothered|bother|cares?|cared|listens?|listened|listening"
        r"|answers?(?! the door)|answered (?:me|my|us|a)|has answered|called (?:me )?back|replied"
        r"|helps?|helped me|takes? (?:me|responsib|any)|took (?:me|responsib|any)|responsib\w+"
        r"|gives a|apologi\w+|reads?|lifted|knows anything|has the decency|the decency)"
    ),
    (
        r"(?:dont|doesnt|do not|couldnt|clearly dont|obviously dont) (?:even |actually |really "
        r")?care(?: less| about (?:us|me|people|old|ordinary|the|anyone)| at all| \|| !| !!| >)"
    ),
    "not (?:a|one) (?:single )?word(?: from| of)|couldnt care less|cant be bothered",
    "couldnt be bothered",
    (
        "(?:havent|didnt|wont|dont|not|cannot|cant) (?:even )?(?:have the decency|had the decency"
        "|bothered|bother) (?:to)?"
    ),
    "empty (?:words|promises)|hot air|broken promises|lies|nothing but excuses",
    "excuse after excuse|lame excuses?|more excuses|hide behind|hiding behind",
    (
        r"(?:feel|felt|am|im|being|been|was|were|get|getting)(?: \w+){0,2} (?:ignored|dismissed"
        r"|overlooked|mocked|ridiculed|belittled|bullied|punished|harassed|lied to|cheated|fobbed "
        r"off|brushed off|strung along|walked over|stonewalled|looked down|made a fool|betrayed"
        r"|abandoned|insulted|screwed|messed around|messed about)(?! by (?:my|the neighbour|a "
        r"friend))"
    ),
    (
        "(?:treated|spoken to|dealt with) (?:so |this |that |very |such )?(?:badly|poorly|rudely"
        "|unfairly|terribly|horribly|with (?:such )?contempt)"
    ),
    "bad(?:ly)? in my (?:life|entire|whole)",
    r"(?:in my|my) (?:whole |entire )?life(?: \w+){0,4} (?:rude|badly|humiliat\w+|insult\w+)",
    (
        r"not a (?:single )?(?:word|peep|sound|reply|call|sorry|thing)(?: from| back| since)?(?: "
        r"you| anyone)? (?:\||!|!!|>|and)"
    ),
    (
        "(?:how|why) (?:can|do|could) you (?:live|sleep|look|do this|treat|be so|call yourselves"
        "|justify|people)"
    ),
    (
        "do you (?:enjoy (?:making|seeing|this|it)|get paid|take pleasure|realise|have any idea"
        "|think (?:this|its|i am|im|we are|were))"
    ),
    "have you (?:any idea|no (?:heart|decency|conscience|respect)|even|people)",
    "what have (?:i|we) done to|what did (?:i|we) (?:ever )?do to",
    "where is (?:your|the) (?:decency|respect|humanity|responsibility|accountability)",
    "(?:you|they) (?:clearly|obviously|apparently) (?:dont|do not|couldnt|have no|think)",
    "just (?:a|another) (?:number|case number|file) (?:to|for|in)",
    (
        "(?:i am|im|we are|were) (?:a |human )?(?:human being|human|person|people|citizens?"
        "|beings?)(?: and)? not (?:a|just|your|numbers?|cases?)"
    ),
    "least you (?:could|can) do|you owe (?:me|us)|bring back someone",
    "absolute (?:joke|shambles|disgrace|chaos|nonsense|mess)|shambles",
    "nightmare (?:of|dealing|with you)|(?:beyond|past) (?:a joke|caring|words)|words fail",
    "lost for words|fed up|had it with|had it up to|i have had it|ive had it",
    "(?:i am|im|we are|were) (?:so )?over (?:it|this)",
    "cant believe (?:you|how|this (?:place|council|office))",
    "i refuse to (?:accept|pay|be|send|wait|put)",
    "how (?:stupid|low|slow|useless|incompetent) (?:are|can) (?:you|it|one|a)",
    r"stupid (?:rules|form|forms|system|letter|letters|fee|office|bureaucra\w+|people|council)",
    r"(?:rotten|corrupt|spineless|gutless|soulless|faceless) \w+",
    (
        r"(?:nobody|no one|none of you|not one|noone|dont have|havent got|has|have)(?: \w+){0,4} "
        r"(?:the guts|the decency|the courage|a spine|no spine|a clue|no clue|no heart|no shame|no "
        r"conscience|the brains|common decency|an ounce|a shred|the nerve)"
    ),
    "at the end of my (?:rope|tether|patience)",
    (
        "(?:bring|hire|hired|get|getting|got|call|calling|contact|contacting|talk to|see|sending) "
        "(?:a|an|my) (?:lawyer|solicitor|attorney)(?! (?:for the|to help with my))"
    ),
    (
        r"(?:died|dying|dies|suffering|suffers|suffered|fell|starving|freezing)(?: \w+){0,4} "
        r"(?:waiting for|because of) (?:you|your)"
    ),
    (
        "(?:believe|trust) (?:anything|a (?:single )?word|a thing|nothing) (?:you|that comes|from "
        "you)"
    ),
    "i trusted you|you lied",
    (
        r"(?:rotten|corrupt|broken|stupid|idiotic|moronic|insulting|ridiculous|heartless"
        r"|disgraceful|pathetic|useless|cold hearted|cruel) (?:system|decision|rules?|letter"
        r"|municipality|council|people|bureaucra\w+|answer|excuse\w*|reply|email|treatment|staff)"
    ),
    "couldnt organi[sz]e|dont bother (?:replying|answering|calling|writing|to)",
    (
        "so (?:cold|cruel|heartless|useless|arrogant|rude|incompetent)(?! (?:outside|today|in"
        "|water|that the|weather))"
    ),
    "beyond me (?:how|why) (?:you|anyone)",
    (
        "(?:playing|play|toying|messing|mess|gambling) with (?:my|our|peoples) (?:life|lives"
        "|health|time|future|child|money)"
    ),
    "what a surprise|hung up on|hangs up on|slammed|{number} (?:months|weeks|years) (?:!!|!)",
    r"(?:is|was|its|thats) (?:all )?your (?:own )?fault|beggars|criminals?(?: \|| !)|dirt",
    "second class|do your (?:damn |bloody )?jobs?",
    "makes me (?:sick|want to (?:scream|cry|puke|vomit|give up))|makes my blood|blood boil",
    "(?:had|have had) it",
    r"waste of (?:my |our |everyones |public |tax\w* )?(?:time|money|space|breath)",
    "what(?:s| is) the point|no point (?:in )?(?:writing|calling|asking|talking)|spare me",
    "save your|standard (?:reply|answer|excuse)s?|copy paste|blah|nonsense",
    "(?:i am|im|we are|were) (?:at|near|past) (?:my|our|breaking|the end)",
    "who will be held (?:responsible|accountable)",
    r"want(?: \w+){0,4} (?:name|names) of (?:whoever|the (?:idiot|person who))",
    r"you promised(?: \w+){0,8} (?:\||!|!!)(?: \w+){0,3} promised|promised and promised",
    "promise after promise",
    "keep (?:promising|lying|ignoring|losing|sending me|passing|asking me for the same|making)",
    "you promise and",
    (
        "(?:its|is it|it is|now its|somehow|as if its|all) (?:now |suddenly |somehow )?my (?:own "
        ")?fault(?: that you)?"
    ),
    (
        r"(?:pay|paying|fee|fine|fined|punished|suffer|bill|charged?)(?: \w+){0,4} (?:for|because "
        r"of|due to) your (?:own )?(?:mistake|mistakes|error|errors|mess|system|incompetence)"
    ),
    (
        r"your (?:mess|incompetence|arrogance|lies|stupidity|stupid \w+|ignorance|precious \w+|so "
        r"called \w+|red tape|bureaucra\w+)"
    ),
    "my lawyer|see you in court",
    (
        r"(?:i will|ill|im going to|going|we will|am|i am going|happy to) (?:\w+ )?(?:go(?:ing)? to"
        r"|call|calling|contact|tell|write to|sue|talk to|take this to|taking this to|hear from"
        r"|inform) (?:to )?(?:the )?(?:press|papers?|newspapers?|media|tv|journalists?|court|lawyer"
        r"|ombudsman|you for)"
    ),
    (
        "(?:the )?(?:press|papers?|newspapers?|media|tv|journalists?|ombudsman|everyone|mayor) "
        "will (?:hear|love|be|get|know|see)"
    ),
    r"hear from my|take(?: \w+)? to court|sue you|you will (?:regret|pay for)|next time it",
    (
        r"(?:thanks|thank you|thx)(?: \w+){0,2} for (?:nothing|absolutely|wasting|ruining|ignoring"
        r"|losing|no help|making me|the wasted|not|your complete|another wasted)"
    ),
    (
        r"congratulations(?: on| you)(?: \w+){0,5} (?:managed|lost|losing|broke\w*|again|worst"
        r"|slowest|failed|ignoring|ruin\w*|record|wait\w*)"
    ),
    r"some kind of (?:\w+ )?(?:record|joke)|pat yourselves|slow clap",
    (
        r"(?:worst|slowest|rudest) (?:\w+ )?(?:service|experience|municipality|council|office"
        r"|treatment|kommune|place|staff|customer)"
    ),
    r"hope (?:you(?:re| are)? (?:\w+ )?(?:proud|happy|satisfied|pleased)|you sleep|you feel)",
    "proud of yourselves|you must be (?:so )?proud",
    (
        r"(?:great|good|nice|fantastic|brilliant|excellent|amazing|wonderful|lovely|superb) (?:job"
        r"|work|service|one)(?: \w+){0,6} (?:losing|lost|forgot\w*|again|weeks|months|hours|wrong"
        r"|closed|as always|as usual|ignor\w+)"
    ),
    r"(?:as always|as usual) (?:\||!|!!|>)",
    (
        "(?:the|this is the|for the|my|now the|its the|that was the) (?:{third}) time(?: that)? "
        "(?:i|ive|im|you|we|youve|my)"
    ),
    (
        r"(?:asked|told|explained|written|called|emailed|rung|phoned|wrote|sent|complained"
        r"|tried)(?: \w+){0,5} (?:{number}) (?:times|different|people|emails|letters"
        r"|messages)(?: \w+){0,5} (?:and|not|nobody|no|without|but|still|nothing)"
    ),
    (
        r"{number} (?:times|emails|letters|calls|messages|different \w+)(?: \w+){0,3} (?:\||and|not"
        r"|without|but|!) ?(?:not|no|nothing|nobody|zero|still|silence)"
    ),
    "zero (?:answers?|help|respect|replies|response|empathy|care|results)",
    (
        r"(?:same (?:documents?|papers?|forms?|story|questions?|thing|letter))(?: \w+){0,3} "
        r"(?:{number}) times"
    ),
    "(?:{number}) times the same|over and over(?: again)?|again and again|time and time again",
    "time after time|talking to (?:a|the) (?:brick )?wall|like talking to|on deaf ears",
    (
        r"(?:done|ruined|cost me|stole|wasted|waste of)(?: \w+){0,3} (?:my|our) (?:time|day|money"
        r"|life|summer|christmas|holiday|health|marriage|home|business)"
    ),
    r"you (?:are )?(?:wasting|ruin\w*|stealing|stole) (?:my|our)",
    "what a (?:waste|disgrace|joke|shambles|mess|farce|circus|scandal|shame|way to treat)",
    (
        r"(?:just )?(?:didnt|never|did not) (?:even )?(?:show up|turn up|bother"
        r"|apologi[sz]e)(?: \w+){0,3} \|"
    ),
    r"you people|(?:<|!|!!|\|) (?:answer me|do something|wake up) (?:!|!!|\||>)",
    "you (?:did|do) (?:it|this|that) on purpose|get your act together",
    "do your (?:damn |bloody )?jobs?|pull yourselves together|i demand|i want answers",
    "stop (?:lying|ignoring|hiding|sending me|wasting)",
)

SIGNS: dict[str, tuple[str, ...]] = {
    "praise": (
        "great|well done|bravo|good job|fantastic|brilliant|impressive|congratulations|lovely",
        "wonderful|amazing|nice one|thanks a lot|thank you so much|excellent|how nice|how lovely",
        "marvellous|perfect",
    ),
    "wait": (
        (
            r"(?:waited|waiting|wait|waits|queue|queued|on hold|stood|sat|sitting)(?: \w+){0,6} "
            r"(?:months?|weeks?|years?|hours?|days?|day|since|ages|forever)"
        ),
        r"(?:after|been|its been) (?:\w+ )?(?:\w+|[0-9]{1,3}) (?:months|weeks|years)(?! ago| old)",
        "still (?:waiting|no|nothing|not|havent|hasnt|nobody)",
        r"< (?:\w+|[0-9]{1,3}) (?:months|weeks|years) (?:\||!|!!)",
    ),
    "lost": (
        (
            "(?:lost|lose|losing|forgot|forgotten|misplaced|wrong|cancelled|messed up|mistake"
            "|mistakes|broken|crashed|error|closed|torn up|dug up|wasted|ruined|took a day off"
            "|day off work)"
        ),
    ),
    "silence": (
        (
            r"(?:no|not|never|nobody|no one|nothing|without|zero|havent|hasnt|didnt|dont|not "
            r"even)(?: \w+){0,3} (?:answer|answers|answered|reply|replied|replies|word|call|called"
            r"|calls|response|heard|hear|told|explanation|apology|sorry|back|warning|show up"
            r"|turned up|came|respond|told us)"
        ),
        "silence|ignored",
    ),
    "again": (
        r"(?:\||!|!!|\?|\?\?|<) (?:again|once again|still|yet again) (?:\||!|!!|>)|yet again",
        "once again|{third} time|{number} times|every (?:single )?time|always the same",
        "all the time|twice",
    ),
    "loud": (r"!!|\?\?|\?!|!\?",),
    "blame": (
        (
            r"(?:you|youve|you have|your people|your staff|your guy|your lady|your case ?workers?"
            r"|your office|your system)(?: \w+)? (?:promised|lost|forgot|sent|closed|never|didnt"
            r"|cant|cannot|wont|dont|refuse|refused|keep|always|told me|left|let|took|have ruined"
            r"|claim|said|should|just|laughed|hung up|made)"
        ),
        "because you|because of you|why (?:do|should|must|cant|wont|dont) (?:i|we|you)|taxpayers?",
        "my taxes|our taxes|tax money|paid to|your (?:fault|mistake|rules|job|tone|letter)",
    ),
    "despair": (
        (
            "(?:i am|im|we are|i feel|i was|were|feel|felt|feeling){very} (?:exhausted|desperate"
            "|tired|worn out|upset|helpless|powerless|hopeless|alone|broken|drained|hurt|let down"
            "|disappointed|shocked|stressed|ashamed|lost)"
        ),
        "cant sleep|sleepless|breaking point|unfair|not fair|not right|not ok|not okay|is not ok",
        "not good enough|too much|poor service",
    ),
    "weak": (
        (
            r"(?:disabled|sick|old|elderly|single|pregnant|blind|dying|ill) (?:\w+ )?(?:mother"
            r"|father|man|woman|son|daughter|wife|husband|parents?|people|mum|mom|dad|child|lady"
            r"|grandmother)"
        ),
        "[789][0-9] year old|in the (?:rain|cold|snow|street|dark)",
    ),
}

DISSATISFIED = (
    (
        r"(?:not (?:\w+ )?(?:satisfied|happy|pleased|impressed|content)|unhappy|dissatisfied"
        r"|disappointed|disappointing|unsatisfied|let down|frustrating|displeased)"
    ),
    (
        r"(?:want|like|wish|need|have|going|writing|ready|intend|decided)(?: \w+){0,3} (?:to "
        r")?(?:complain|make a complaint|file a complaint|lodge a complaint|submit a complaint"
        r"|raise a complaint|register a complaint|send a complaint|report my dissatisfaction"
        r"|object)"
    ),
    r"(?:as|is|this is|here is|with) (?:a|my|this|our|the following) (?:\w+ )?complaint",
    r"i (?:\w+ )?complain(?: about| that)|< complaint|this complaint",
    "complaint (?:about|over|regarding) (?:the|your|how|missing|slow)",
    "(?:noted|registered|passed on|logged|recorded) as a complaint|complain about",
    (
        r"(?:not|isnt|wasnt|arent|werent)(?: \w+)? (?:good enough|acceptable|okay|ok|right"
        r"|reasonable|fair|handled well|up to|what we pay for|what i expected|what one expects"
        r"|very (?:helpful|clean|good|friendly|nice)|satisfactory|helpful)"
    ),
    r"not what (?:we|i|you) (?:pay|expect\w*|were|was)",
    (
        "(?:expected|hoped for|had expected|would have expected|deserve) (?:more|better|a bit more"
        "|a better)"
    ),
    r"could (?:be|have been|do|have done) (?:\w+ )?better|should be better|room for improvement",
    r"leaves (?:\w+ )?to be desired",
    "(?:did not|didnt|does not|doesnt|not) (?:live|come|measure) up to|fell short|falls short",
    "below (?:standard|expectations)",
    (
        r"(?:dont|do not|cannot|cant) (?:think|find|feel|believe|agree|accept|understand "
        r"why)(?: \w+){0,8} (?:was|is|with|fair|well|right|reasonable|good|handled|enough"
        r"|acceptable|in order)"
    ),
    "disagree(?: with)?",
    "(?:has|have) been (?:poor|bad|late|slow|unreliable|dirty|cold|worse|missed|unfriendly)",
    (
        r"(?:was|were|is|are) (?:\w+ )?(?:poor|unfriendly|unhelpful|dirty all|too slow|too late"
        r"|rude|poorly|badly|inadequate|sloppy|careless|below)(?: \w+)?"
    ),
    r"(?:often|always|again|repeatedly) (?:\w+ ){0,2}(?:late|missed|forgotten|dirty|wrong)",
    (
        r"(?:was|were|has|have) (?:\w+ )?not (?:been )?(?:emptied|collected|cleaned|repaired"
        r"|answered|cleared|fixed|informed|asked|heard|done|told)"
    ),
    (
        r"(?:wasnt|werent|hasnt|havent)(?: been)? (?:emptied|collected|cleaned|repaired|cleared"
        r"|fixed|informed|asked|picked up)(?: \w+){0,4} (?:weeks?|twice|times|properly|again"
        r"|despite|although|before)"
    ),
    (
        r"(?:although|even though|though|despite)(?: \w+){0,2} (?:was|were|had been|been|have"
        r"|promised|agreed|booked|paid)"
    ),
    r"(?:was|were|had been) (?:\w+ )?promised|harder to use|got(?:ten)? (?:worse|harder|slower)",
    r"gone downhill|too (?:long|slow|little|late|often|noisy|few)(?! to\b)|hardly any|barely any",
    r"(?:criticism|critical) of|dissatisfaction|inconvenien\w+|a pity that",
    "regret(?:tably)? (?:i|that)|unfortunately i (?:must|have to)|look into this|was not asked",
    "were not asked|without (?:asking|telling) (?:us|me)",
)

CALM = (
    "(?:im |i am |i was )?sorry (?:that |for being |i was |about (?:yesterday|my|being))",
    "i apologi[sz]e|my (?:own )?mistake|my bad|no longer (?:angry|upset)",
    r"not (?:\w+ )?(?:angry|mad|a complaint|complaining|upset with you)|no complaints?",
    "isnt a complaint",
    "just kidding|just joking|only joking|school (?:project|assignment|paper)",
    "for a (?:school|university)",
    (
        r"(?:complain|complaint)(?: \w+){0,2} (?:about|over)(?: \w+){0,3} (?:neighbou?rs?|landlord"
        r"|bank|boss|doctor|dentist|employer|shop|taxi|company|provider|hospital|police|trains?"
        r"|flight|builder|plumber|insurance|internet|online|association|dog)"
    ),
    "(?:got|had|received) (?:an |my )?answers? (?:to all|and)|you did well|looking forward",
    "we love|i love|good news",
    "(?:is (?:that|this|it) (?:a )?(?:scam|fraud|fake|phishing)|scammers?|phishing|swindlers?)",
)
OTHERS = (
    (
        "(?:my|our) (?:neighbou?rs?|ex|ex ?wife|ex ?husband|landlord|boss|brother|sister|in laws"
        "|mother in law|husband|wife|boyfriend|girlfriend|dog|cat|teenager|bank|doctor|dentist"
        "|employer|internet|electricity|insurance|housing association|kids?|school project|phone"
        "|car)"
    ),
    "landlord|electricity company|post ?nord",
    (
        "the (?:post|bus|weather|storm|dog|neighbours?|bank|rats|seagulls|drivers|cyclists"
        "|government|fridge|power company)"
    ),
    "mitid|somebody",
    "someone (?:dumped|threw|has|keeps|is|drove|parked|left|painted|stole|who said)",
    "people (?:are|keep|park|drive|who)|vandals?|vandalism|in the paper|on the news",
)
# Words for us.
OURS = (
    "you|youve|youre|your|yours|municipality|council|town hall|kommune|kommunen|case ?workers?",
    "this place|this office",
)
