"""The words that a reply must not contain or only with more, in Danish and English (DOMAIN row 9).

For the format of phrases see `bot/tone/reading.py`.
"""

from __future__ import annotations

# "As soon as possible", a fault even with a date (HR-12).
HASTE = (
    r"hurtigst mulig\w*|hurtigst mulige|snarest(?: muligt)?",
    "så (?:snart|hurtigt) (?:som |det er |det )?(?:er )?(?:muligt|overhovedet muligt)",
    "as soon as (?:possible|we can|practicable)|as quickly as (?:possible|we can)|asap",
    "at (?:our|the) earliest convenience|as fast as (?:possible|we can)",
    "så hurtigt (?:som )?(?:vi|jeg) (?:kan|overhovedet kan)|hurtigst vi kan",
)
# Promises that need a date in the same or the next sentence.
VAGUE = (
    "inden (?:længe|så længe|alt for længe)",
    (
        r"inden for (?:kort tid|nogen tid|en overskuelig|overskuelig|en rimelig|rimelig|den "
        r"nærmeste|de næste|en nær|nær|de kommende)(?: \w+)?"
    ),
    "i (?:en )?(?:nær|nærmeste|overskuelig) fremtid|(?:i|inden for) den nærmeste (?:fremtid|tid)",
    "på et (?:senere|passende|eller andet) tidspunkt|ved (?:en )?(?:given |passende )?lejlighed",
    "med tiden|engang (?:i fremtiden|senere)|en gang (?:i fremtiden|senere)|en af dagene",
    "hen ad vejen|når tiden tillader",
    "når vi (?:får|har) (?:tid|mulighed|lov|råd|luft|folk|overskud)",
    "i løbet af (?:noget|kort|nogen|en) tid|på sigt|løbende|i ny og næ",
    "når det (?:bliver|er) (?:muligt|vores tur|din tur|tid)",
    (
        r"(?:vi|jeg|du|der|den|det|i|de|kommunen|svar|svaret|sagen|hullet|lampen|lygten|mette"
        r"|jonas)(?: \w+){0,6} (?:snart|senere|lige straks|en dag|engang)(?! (?:som|end|på "
        r"dagen|i dag|i dag|i morgen|ses|samme))"
    ),
    (
        r"når (?:der (?:er|bliver|kommer)|vi ved|vi har|jeg har|jeg får|vi får|vi kan|jeg kan"
        r"|vi er|jeg er|sagen er|den er|det er|de er|svaret er|alt er)(?: \w+){0,2} (?:folk|tid"
        r"|råd|penge|plads|mere|nyt|overblik\w*|færdig|færdige|klar|klare|afklaret|behandlet"
        r"|mandskab|hænder|luft|muligt|nået|igennem|svar|til det)"
    ),
    "in due (?:course|time)|(?:in the )?(?:near|not too distant|foreseeable) future",
    "at (?:some|a later) (?:point|date|time|stage)|sooner or later",
    "(?:before|in) (?:long|a while|no time)|one of these days|eventually",
    r"in the coming (?:days|weeks|months|time)|within (?:a )?(?:reasonable|short|foreseeable) \w+",
    "some time|sometime",
    (
        r"when (?:we|i) (?:have|get|find|know|can)(?: \w+){0,2} (?:time|more|news|money|around"
        r"|chance|people|staff|hands|to it)"
    ),
    (
        r"when (?:it|they|there|the case|the answer|everything|we|i)(?: is| are| am| "
        r"s)(?: \w+)? (?:ready|done|finished|time|money|room|people|staff|news|possible|settled"
        r"|possible)"
    ),
    "when time (?:allows|permits)",
    (
        r"(?:we|i|you|it|they|he|she|somebody|someone|the \w+|mette|jonas)(?: \w+){0,6} (?:soon"
        r"|shortly|later(?! (?:today|than)))(?! (?:as|on (?:monday|tuesday|wednesday|thursday"
        r"|friday)))"
    ),
    r"(?:vi|jeg|du|det|den|der|han|hun|de|kommunen)(?: \w+)? skal nok(?! \w+ (?:gå|lykkes))",
    "skal (?:vi|jeg|det|den|du) nok (?:komme|få|høre|ske|blive|vende|sende|svare|finde|ordne)",
    "det kommer på et tidspunkt",
    "(?:will|shall) (?:get (?:there|to it|done)|happen|come) (?:one day|eventually|in time|when)",
    "(?:we|i) (?:will|ll) get (?:round|around|back) to (?:it|you|that)|we are working on it",
    "its on (?:the|our) list|vi har det på (?:listen|vores liste)|står på (?:vores )?listen",
    r"vi (?:vender|jeg vender) tilbage|vender tilbage (?:til dig )?(?:\||>)",
    "(?:vi|jeg) (?:vender tilbage|arbejder på (?:det|sagen))",
)
FAREWELL = (
    r"(?:vi )?(?:ses|høres|tales)(?: ved)?(?: \w+)? (?:snart|senere)|see you (?:soon|later)",
    "god bedring|get well|talk soon|velkommen (?:igen|tilbage) snart",
)
DATES = (
    r"[0-9]\w*|mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søndag|monday|tuesday|wednesday",
    "thursday|friday|saturday|sunday|i dag|i morgen|i eftermiddag|i aften|i nat|i formiddag|today",
    "tomorrow|tonight|this (?:afternoon|morning|evening)|januar|februar|marts|april|maj|juni|juli",
    "august|september|oktober|november|december|january|february|march|may [0-9]+|june|july",
    "october|næste uge|denne uge|i næste (?:uge|måned)|next (?:week|month)",
    "efter (?:påske|pinse|jul|sommerferien)|before noon",
    "inden (?:middag|fyraften|weekenden|jul|påske)",
    "(?:en|to|tre|fire|fem|seks|syv|otte|ni|ti) (?:hverdage|dage|uger|timer)",
    "(?:one|two|three|four|five|six|seven|eight|nine|ten) (?:working )?(?:days|weeks|hours)",
)

# Mocking: laughing faces and words.
RIDICULE = (
    r"😂|🤣|🙄|😏|🤡|🥱|🤦|🙃|💅|🎻",
    "(?:ha){2,6}h?|ha ha(?: ha)?|hi ?hi(?:hi)?|he ?he(?:he)?|lol|rofl|lmao|hø hø|høhø|tihi",
    (
        "sikke(?: noget)?(?: en| et)? (?:lille |stor |værre )?(?:krise|drama|katastrofe"
        "|tragedie|roman|svada|opsang|ståhej|hurlumhej|pylret?)"
    ),
    "(?:hvor|så) (?:er det )?(?:dramatisk|morsomt|underholdende|sødt at du tror|tragisk)",
    "kors (?:hvor|i)|åh nej hvor (?:slemt|frygteligt)|buhu|stakkels (?:lille )?(?:dig|jer|du)",
    "ih hvor|ork ja|nej hvor (?:frygteligt|forfærdeligt|synd)|uha uha|hold da op (?:hvor|en)",
    r"så græd|klynk\w*|pylre\w*|tudekiks",
    (
        r"(?:endnu en|en hel|en lang|hele|din|dit|dine)(?: \w+){0,2} (?:roman|novelle|stil"
        r"|føljeton|essay|smøre|klagesang|tirade|udgydelser)"
    ),
    (
        r"(?:dagens|ugens|månedens) (?:\w+ )?(?:morsomme|sjove|underholdning|grin|joke|indslag"
        r"|vits|højdepunkt|klage)"
    ),
    r"morsom\w* indslag",
    r"(?:har|fik|havde)(?: \w+){0,3} (?:grinet|et godt grin|moret os|leet|en god latter|morede os)",
    "den var god(?! at| nok| til)|god joke|du er da (?:sjov|morsom)",
    "(?:er|var)(?: det)? (?:en|din) (?:vits|joke|spøg)|alletiders (?:vits|joke)",
    "fantasi fejler (?:du|dig|intet|ikke)|livlig fantasi",
    (
        r"(?:hvis|når) (?:det|dette|en \w+) er (?:dit|jeres|det|din)(?: \w+)? (?:største "
        r")?(?:problem|værste|bekymring)"
    ),
    "verdens (?:undergang|største problem|ende)",
    "verden (?:går|er) (?:nok )?(?:ikke )?(?:under|af lave)|luksusproblem|i ?landsproblem",
    "first world problem|ring til (?:statsministeren|nasa|fn|dronningen|politiet så)",
    r"skal vi (?:ringe|sende) (?:efter )?(?:hæren|militæret|helikopter\w*|nasa|fn)",
    "verdens mindste violin|godt forsøgt|drøm videre|i dine drømme|ønsketænkning|julemanden",
    "(?:mon ikke )?du overlever(?: nok)?|så slemt er det (?:vel|da|nok) ikke|hvem har bildt dig",
    "deres (?:højhed|nåde|majestæt)|prinsesse|må være hårdt at være",
    r"du burde (?:skrive|stille op)(?: \w+){0,3} (?:bøger|krimi|komedie|standup|stand up)",
    "i har (?:vist|det vist) (?:ikke )?(?:for )?(?:meget tid|nok at lave)|for meget (?:fri)?tid",
    (
        r"du har (?:vist|det vist|nok)(?: \w+)? (?:meget godt|for meget tid|ikke nok at lave"
        r"|intet at lave)"
    ),
    r"kommaer\w* er",
    "what a (?:drama|crisis|novel|tragedy|catastrophe|performance|little crisis|comedian)",
    "how (?:dramatic|tragic|funny|adorable|hilarious|sad for you|entertaining)",
    (
        r"(?:another|quite a|such a|your|a whole|nice) (?:\w+ )?(?:novel|essay|saga|rant|sob "
        r"story|opera|tirade)"
    ),
    "(?:good|great|hearty|big) laugh|laughed (?:at|about|out loud|so)",
    "made (?:us|my day|our day) laugh|(?:funny|good|best) (?:one|joke of)|joke of the",
    "is (?:that|this) a joke|poor (?:you|little|thing|baby)|boo hoo|cry me|drama queen",
    r"world (?:is|has) (?:not )?end\w*|end of the world|biggest (?:problem|worry)|youll survive",
    "you will survive|nice try|dream on|keep dreaming|in your dreams|wishful thinking",
    "your (?:majesty|highness)|must be (?:hard|so hard|tough) being you|good luck with that",
    "too much (?:free )?time|call the (?:army|press|president|prime minister)|send in the",
    "tiny violin|thanks for the (?:laugh|entertainment|comedy)|you cant be serious|you amuse",
    "amused us",
)

# Talking down and scolding, grouped by the suggested wording.
TOLD_BEFORE = (
    (
        r"som (?:(?:vi|jeg|allerede|tidligere|før|nu|det|sagt)(?: \w+){0,3} )?(?:forklaret"
        r"|skrevet|oplyst|sagt|nævnt|meddelt|beskrevet|anført|svaret|fortalt"
        r"|understreget)(?: \w+)?"
    ),
    "som (?:sagt|nævnt)",
    r"som det (?:allerede |tydeligt |klart |jo )?(?:fremgår|fremgik|står)(?: \w+){0,2}",
    (
        r"(?:det har|har) (?:vi|jeg) (?:jo |da |allerede |altså |nu ){0,3}(?:forklaret|skrevet"
        r"|sagt|svaret|fortalt|oplyst)(?: \w+){0,4}"
    ),
    (
        r"(?:jeg|vi) (?:gentager|har (?:jo|allerede|nu|flere gange|gentagne gange|tydeligt"
        r"|mange gange)(?: \w+){0,2} (?:forklaret|skrevet|sagt|svaret|fortalt|oplyst|gjort))"
    ),
    r"endnu en ?gang \||for (?:sidste|tredje|fjerde|femte|\w+te|gud ved hvilken) gang",
    (
        "(?:igen og igen|gang på gang|hvor mange gange|nok en gang|som svar på det samme"
        "|atter en gang)"
    ),
    (
        r"(?:skrevet|forklaret|sagt|svaret)(?: \w+){0,3} (?:flere|mange|adskillige|utallige|tre"
        r"|to|fire|gentagne) gange"
    ),
    (
        r"as (?:(?:we|i|already|previously|you know|has been|you have been|youve been"
        r"|repeatedly)(?: \w+){0,4} )?(?:explained|told|said|stated|mentioned|written|informed"
        r"|pointed out|wrote)(?: \w+)?(?! (?:us|me)\b)"
    ),
    (
        r"(?:we|i|ive|weve) (?:have )?(?:already|repeatedly|now|told you) (?:\w+ )?(?:explained"
        r"|told|said|written|answered|informed)?"
    ),
    (
        r"(?:once again|yet again|for the (?:last|third|fourth|\w+th|umpteenth) time|how many "
        r"times|once more) ?\|?"
    ),
    "i (?:will )?repeat",
    r"(?:explained|told|written|said|answered)(?: \w+){0,4} (?:several|many|three|two|\w+) times",
)
SHOULD_KNOW = (
    (
        "(?:hvis|havde) du (?:havde |bare |blot |nu |rent faktisk |faktisk ){0,3}(?:læst|hørt "
        "efter|lyttet|set|fulgt|tænkt|gjort|gidet)"
    ),
    (
        "(?:burde|bør|skulle|må) du (?:jo |da |altså |nok |selv |egentlig ){0,3}(?:vide|kunne"
        "|have|forstå|kende|læse|regne|indse)"
    ),
    (
        r"du (?:burde|bør|skulle|må|kunne)(?: jo| da| altså| nok| selv| vel| egentlig| "
        r"bare){0,2} (?:vide|kunne finde ud|kunne forstå|have (?:vidst|læst|tænkt|spurgt|set"
        r"|søgt|husket)|forstå|indse|sætte dig ind|lære|kende|læse (?:\w+ )?(?:ordentligt"
        r"|brevet|igen|bedre|grundigt))"
    ),
    "læs nu|prøv nu (?:lige )?at (?:læse|høre|forstå)",
    "læs (?:lige |dog )?(?:brevet |teksten |det )?(?:igen|ordentligt|grundigt)",
    (
        r"(?:det|burde|kan)(?: \w+){0,3} (?:ikke )?(?:være )?(?:så |særlig |ret )?(?:svært"
        r"|vanskeligt|indviklet|kompliceret)(?: at forstå)?(?= (?:\||!|>|at|vel|\?))"
    ),
    r"(?:selv|ethvert) (?:et )?(?:barn|børn)(?: \w+)? (?:kan|ved|forstår)",
    r"som (?:voksent?|ansvarlig) \w+|(?:voksne|voksent) mennesker?|så du kan følge med",
    "så (?:selv|også) du (?:kan|forstår)|meget enkelt|ganske enkelt er det",
    (
        "(?:det )?(?:siger sig selv|er vel logisk|er da logisk|enhver ved|er almindelig sund "
        "fornuft|burde være indlysende|er indlysende)"
    ),
    "sund fornuft|selvfølgelig (?:kan|skal|må) du ikke|kan du ikke (?:læse|forstå|se det)",
    "forstår du (?:ikke|det nu|det)",
    (
        "det er (?:jo |altså |egentlig |faktisk ){0,3}(?:ikke )?(?:så |særlig )?(?:svært"
        "|raketvidenskab|let|nemt)"
    ),
    "(?:det|du) (?:forstår|fatter) du? ?(?:vist |nok |tydeligvis |åbenbart )?ikke",
    "du har (?:vist |tydeligvis |åbenbart |nok )?misforstået|som jeg formoder du (?:ved|kan)",
    (
        "(?:if|had) you (?:had |only |actually |just |bothered to |took the time to |would "
        "){0,3}(?:read|listened|looked|listen|checked|paid|followed|thought)(?! (?:would"
        "|like))"
    ),
    (
        "you (?:should|ought to|must|need to|would|could)(?: have| really| surely| already| "
        "simply| just){0,2} (?:know|known|understand|read (?:the|our)|realise|learn|grow up"
        "|be able|figure|figured|thought)"
    ),
    (
        r"(?:its|it is|isnt|this is|thats|that is|really|not|cannot be|cant be)(?: \w+)? "
        r"(?:not )?(?:that|so|very|rocket|really) (?:hard|difficult|complicated|science)"
    ),
    "(?:grown ups?|adults?) (?:do|like|can|should|behave|know|person|are)",
    "as (?:an|a) (?:adult|grown)|even a child|any child|common sense|obviously",
    "its (?:quite )?simple|so (?:that )?(?:even )?you can (?:follow|keep up|understand)",
    "in words you|let me (?:spell|say) it (?:out|slowly)",
    "(?:try|please) (?:to )?read (?:it|the letter|this) (?:again|properly|carefully|more)",
    "you (?:clearly|obviously|apparently|simply) (?:dont|did|have|do|misunderstood)",
    "you dont (?:seem to )?understand|can you (?:not|even) read|cant you read",
)
NAMES = (
    (
        "(?:lille|kære|søde|min|gode) (?:lille |gamle |søde |gode )?(?:ven|barn|dame|frue|mand"
        "|skat|du|mor|menneske|borger du)"
    ),
    "lille (?:du|skat|frue|mor)|ungdame|unge (?:mand|dame)|gamle (?:dreng|jas|ven)",
    r"(?:<|\||!) (?:skat|søde|vennen|vennen min|knægt|tøs)",
    "my (?:dear|good|little|sweet|poor)(?: (?:man|woman|lady|friend|sir|girl|boy))?",
    "sweet(?:ie|heart)|darling|young (?:man|lady)|dear (?:lady|boy|girl|old|me)",
    r"little (?:lady|one|man|girl|friend)|honey|love (?:\||!)|buddy|(?:good|clever) (?:girl|boy)",
    "dygtig (?:dreng|pige)",
)
SCOLDING = (
    "slap (?:nu |lige |dog ){0,3}af|tag det (?:nu |lige )?(?:roligt|helt roligt)",
    "(?:fald|falde) (?:nu |lige )?(?:ned|til ro)|(?:så|bare|nu) rolig(?: nu)?|rolig nu|ro på",
    "træk vejret|tæl til ti",
    (
        "(?:hold|pas på|tal|skriv|brug) (?:venligst |en |et |din |nu ){0,3}(?:ordentlig |pæn "
        "|pænt |ordentligt |sober ){0,3}(?:tone|tonen|sprog|pænt|ordentligt)(?! i vores)"
    ),
    r"din tone|hidse dig|hids dig|hysterisk|overreager\w*|(?:væbne?|bevæbne) dig med",
    (
        r"(?:vente|vent|tålmodig\w*|finde dig i det|stå i kø)(?: \w+){0,3} (?:ligesom|som) "
        r"alle (?:os )?andre"
    ),
    "som alle andre|ikke (?:den|det) eneste|du er ikke alene om at",
    "andre (?:borgere|mennesker) (?:i byen|har det værre|har større)",
    "vi har (?:også )?(?:andre|vigtigere|bedre) (?:ting|borgere|sager|opgaver)|vigtigere ting",
    "tålmodighed er en dyd|lidt tålmodighed",
    (
        "(?:være|vær) (?:nu )?(?:lidt )?(?:mere )?(?:tålmodig|taknemmelig|glad for|tilfreds "
        "med|realistisk|rimelig|fornuftig)"
    ),
    "hold op med at|lad (?:nu )?være med at (?:skrive|ringe|spørge|brokke|klage|råbe)",
    r"stop med at (?:skrive|ringe|spørge|brokke|klage|råbe)|brok\w*|tag dig sammen",
    "nu må du (?:altså|holde|stoppe|tage|lære)",
    (
        r"(?:det skal|skal) du ikke (?:bryde|bekymre|tænke på|blande|spekulere)(?: \w+){0,6} "
        r"(?:hoved|med|dig i|over)"
    ),
    "bryde dit (?:lille |kønne )?hoved",
    "(?:vi|jeg) ved (?:nok |altså |jo )?(?:bedst|bedre)(?! hvad du)",
    r"overlad det til (?:os|fagfolk\w*|de professionelle|eksperterne)",
    "lad (?:os|fagfolkene|eksperterne) (?:om|klare)|det (?:må|skal) du (?:lade|overlade)",
    "du må (?:lære|forstå|acceptere|indse)(?: at)?|det må du (?:lære|acceptere|finde dig i)",
    "(?:det|sådan) er (?:nu engang|bare) (?:sådan|livet|vilkårene)",
    r"sådan (?:fungerer|er|gør|virker) (?:det|verden|livet|man)(?: \w+)?(?: ikke| nu engang| bare)",
    "vi har nok (?:at|at se)",
    "vær (?:nu )?(?:sød|rar|venlig) (?:og|at) (?:lade|høre|lytte|læse|forstå|vente)",
    "tænk (?:dig )?(?:nu |lige )?om",
    "calm (?:yourself |down|yourself)",
    (
        "(?:relax|chill|settle down|take a (?:deep )?breath|keep your (?:hair|shirt|voice)"
        "|easy now|there there|cool it|behave)"
    ),
    r"(?:mind|watch|moderate) your (?:tone|language|manners|words)|your tone|hysteri\w+",
    r"overreact\w*|(?:wait|patient|patience|queue)(?: \w+){0,3} like (?:everyone|everybody|all)",
    "like (?:everyone|everybody) else",
    (
        r"(?:be|learn to be|try to be|have|show) (?:a )?(?:little |bit |more |some |a little "
        r"){0,3}(?:patien\w+|grateful|reasonable|realistic)"
    ),
    "not the only (?:one|person|citizen)|(?:we|i) know (?:what is |whats )?best|know better",
    "(?:better|other|more important) things to do|more important (?:things|matters|cases|people)",
    "stop (?:writing|calling|complaining|asking|whining|shouting|moaning|bothering)|whin(?:e|ing)",
    "moaning",
    r"(?:dont|do not|no need to) (?:worry|bother|trouble|fret) (?:your|yourself)(?: \w+){0,3}",
    "pretty (?:little )?head",
    "leave (?:it|that|this) to (?:us|the (?:experts|professionals|grown ups))",
    (
        "you (?:must|need to|have to|will have to|should) (?:learn|understand|accept|realise"
        "|be patient|grow)"
    ),
    "that is (?:just |simply )?(?:how|the way) (?:it|things|the world|life)",
    "thats (?:just )?(?:how|the way|life)|grow up|get over it|deal with it|pull yourself together",
    "think before",
)

# Sending the citizen away: a fault unless the reply names a place.
ELSEWHERE = (
    (
        r"(?:kontakt|kontakte|ring til|ringe til|skriv til|skrive til|spørg|spørge"
        r"|henvend(?:e)? dig(?: til| hos| i| på)?|gå til|tal med|tale med|prøv|prøve|søg"
        r"|gå)(?: \w+){0,4} (?:en anden|et andet|anden|andre|nogle andre|nogen andre|nogen "
        r"anden|andet sted|den relevante|den rette|den rigtige|rette|relevante|den ansvarlige"
        r"|ansvarlige|de ansvarlige|rette vedkommende|vedkommende|pågældende|et andet sted|dem "
        r"der|dem som)(?: (?:afdeling|forvaltning|myndighed|instans|kontor|sted|enhed|person"
        r"|medarbejder|kommune|der|som|end|hos|i|sidder|har))?"
    ),
    (
        "(?:anden|andet|andre|forkerte|forkert) (?:afdeling|forvaltning|kontor|myndighed"
        "|instans|enhed|afdelinger|sted)(?! (?:i kommunen )?(?:som|har allerede))"
    ),
    r"(?:må|skal|kan)(?: du)?(?: \w+)? selv (?:finde|undersøge|kontakte|opsøge|google|søge|spørge)",
    "find selv",
    r"(?:du må|må du|du skal)(?: \w+){0,3} (?:henvende dig der|prøve et andet sted|gå videre)",
    "(?:spørg|prøv) (?:et andet sted|nogle? andre|dem)",
    (
        r"(?:ask|contact|call|try|speak to|talk to|write to|go to|phone|ring|turn to|check with"
        r"|find)(?: \w+){0,3} (?:somebody else|someone else|somewhere else|elsewhere|another "
        r"(?:department|office|authority|unit|person|place|team|section|colleague|agency|desk)"
        r"|(?:a|some) different (?:department|office|place|authority)|the (?:relevant|right"
        r"|responsible|proper|appropriate|correct|competent|other) (?:\w+ )?(?:department"
        r"|office|authority|unit|person|people|place|team|body|one)|whoever|those (?:who"
        r"|responsible)|the people who)"
    ),
    r"(?:find|figure|work)(?: \w+){0,2} out (?:who|where|for yourself|yourself|which)",
    "another (?:department|office|authority|unit)",
    "(?:wrong|different|other) (?:department|office|place|desk|authority|number)",
)
# Words of row 5 that may never be sent, even with a place.
NEVER = (
    (
        "(?:kontakt|kontakte|contact|call|ring til|henvend dig til|spørg|ask)(?: venligst| "
        "please)? (?:en anden|another) (?:afdeling|forvaltning|department)"
    ),
)
# Statements that we pass the question on ourselves.
FORWARDS = (
    (
        r"(?:jeg|vi) (?:har |kan |vil )?(?:også |nu |gerne |allerede )?(?:sendt|sender|sende"
        r"|spurgt|spørger|spørge|givet|giver|skrevet|skriver|ringet|ringer|fundet"
        r"|finder)(?: \w+){0,5} (?:videre|til|for dig|hos|hvem)"
    ),
)
NOT_US = (
    (
        r"(?:det|dette|den|sagen|her|vejen|så)(?: \w+)? (?:er|ligger|hører|falder|sorterer"
        r"|vedrører)(?: \w+){0,2} ikke (?:os|noget for os|noget vi|min|mit|mig|vores|under|til "
        r"(?:os|hos|vores)|hjemme|hos os|her|i vores|med os|på vores|inden ?for "
        r"vores)(?: \w+){0,2}"
    ),
    "er det ikke (?:os|mig|her|vores)(?: der)?",
    "ikke (?:os|vores|mit|min) (?:bord|ansvar|opgave|afdeling|problem|område|gebet|der står for)",
    (
        "ikke (?:noget )?(?:vi|jeg) (?:tager os af|tager mig af|beskæftiger os med|har med at "
        "gøre|sidder med|står for)"
    ),
    (
        r"(?:ligger|hører til|hører under|behandles|hører hjemme|sidder) (?:\w+ )?(?:i|hos"
        r"|under) (?:en|et) (?:anden|andet)(?: \w+)?"
    ),
    "(?:det|den) tager vi os ikke af",
    r"vi (?:har|er) ikke (?:noget med|ansvar\w* for|det rette)(?: \w+){0,3}",
    (
        r"(?:that|this|it|which|the \w+) (?:is|does|s)(?: \w+)? (?:not|nt) (?:us|our|ours|my"
        r"|mine|something we|for us|with us|belong|under|handled (?:here|by us)|within "
        r"our)(?: \w+){0,2}"
    ),
    (
        "(?:thats|its|isnt) (?:not )?(?:us|our|my|ours|handled by us|something we)(?: "
        "(?:department|job|responsibility|area|problem|desk|table|business|do|handle|deal))?"
    ),
    (
        "not (?:our|my) (?:department|job|responsibility|area|problem|desk|table|task|business"
        "|concern)"
    ),
    "doesnt belong (?:here|to us|with us)",
    "we (?:dont|do not) (?:deal with|handle) (?:that|this|those|such)|nothing to do with us",
    "wrong (?:place|number|address)",
)
# Names of places, and offers to pass the question on.
PLACES = (
    r"[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[0-9]{2}|\w+ (?:dk|example|com)|politi\w*|region\w*|skat",
    r"skattestyrelsen|skatteforvaltning\w*|udbetaling danmark|vejdirektoratet|\w*boligforening\w*",
    r"sygehus\w*|hospital\w*|movia|dsb|banedanmark|statsforvaltning\w*|familieretshuset|nævn\w*",
    r"ankestyrelsen|borgerservice(?! kan)|vej og park|biblioteket|library|jobcent\w+|police",
    r"tax agency|health service|housing association|vandværk\w*|forsyning\w*|elselskab\w*|ejer\w*",
    "naturstyrelsen|kystdirektoratet|skal jeg|må jeg",
    "jeg (?:kan |har )?(?:også )?(?:sende|sender|sendt|skrive|videre|giver|spørger)|shall i|may i",
    r"i (?:can|will|have) (?:also )?(?:pass|passed|send|sent|forward|ask)|på \w+ [0-9]{1,3}|mette",
    "jonas|aisha|karen|birgit",
)

# A legal decision, with or without the word (HR-5).
DECISION = (
    (
        r"(?:du|i|din|dit|dine|jeres|hun|han|din \w+|ansøgning\w*|ansøgning om \w+|sagen"
        r"|støtten|hjælpen)(?: \w+){0,6} (?:er|bliver|blev|har fået|får)(?: \w+){0,2} "
        r"(?:bevilget|bevilliget|godkendt|afvist|afslået|tildelt|imødekommet|stoppet|standset"
        r"|inddraget|tilkendt|visiteret|frataget|nedsat|forhøjet|ophørt|annulleret|frakendt"
        r"|udmålt|henlagt|afgjort|eftergivet|forlænget|slettet og)"
    ),
    (
        r"(?:du|i|hun|han|din \w+|dit \w+|jeres \w+)(?: (?:får|har fået|fik|kan ikke "
        r"få))(?: \w+){0,3} (?:afslag|medhold|tilladelse|støtte|bevilling|dispensation|plads i"
        r"|plads på|ret til|hjælp til|tilskud|bistand|kontanthjælp|boligstøtte|førtidspension"
        r"|fleksjob|ledsager\w*|hjemmehjælp|kørsel|nødkald|friplads|merudgifter|tabt)(?! "
        r"(?:til at udfylde|til at finde|af mette|med at))"
    ),
    (
        r"(?:vi|jeg|kommunen|udvalget)(?: (?:har|hermed|nu|også|derfor|må|kan"
        r"|vil))?(?: \w+){0,2} (?:bevilger|bevilget|godkender|godkendt|afslår|afslået|afviser"
        r"|afvist|stopper|stoppet|standser|inddrager|inddraget|nedsætter|forhøjer|imødekommer"
        r"|imødekommet|tildeler|tildelt|fratager|annullerer|truffet|afgjort|visiterer|visiteret"
        r"|forlænger|eftergiver|tilkender)(?: \w+){0,2} (?:din|dit|dine|dig|jer|jeres"
        r"|ansøgning\w*|en afgørelse|afgørelse|sagen|hjælp\w*|støtte\w*|et|en|to|tre|den|det)"
    ),
    (
        r"(?:vi|jeg|kommunen)(?: har| hermed)?(?: \w+)? (?:giver|givet)(?: \w+)? (?:dig|jer"
        r"|hermed|din \w+)(?: \w+){0,3} (?:tilladelse|afslag|medhold|dispensation|bevilling"
        r"|støtte|tilskud|ret til|påbud|forbud)"
    ),
    "(?:giver|får) (?:vi )?(?:dig |jer )?(?:hermed )?(?:afslag|medhold|dispensation)",
    r"du skal (?:betale|tilbagebetale|refundere)(?: \w+){0,8} (?:tilbage|kr)",
    r"(?:skal|må) du (?:tilbagebetale|betale(?: \w+){0,6} tilbage)|tilbagebetale",
    r"tilbagebetalings\w*|kræver(?: \w+){0,5} tilbage",
    (
        r"(?:< |\| )(?:afgørelse|afslag|bevilling|godkendt|bevilget|afvist|decision|approved"
        r"|rejected|granted)(?: om \w+)? \|"
    ),
    "vores afgørelse er",
    "(?:det|dette|denne mail|her) er (?:hermed )?(?:en|vores|kommunens) afgørelse",
    "har (?:vi )?(?:truffet|afgjort)|er (?:hermed )?afgjort",
    "hermed (?:bevilget|godkendt|afvist|meddeles|afslås)|der meddeles",
    (
        r"(?:din|dit|dine|jeres) (?:\w+ ){1,5}(?:ophører|bortfalder|stopper|nedsættes|forhøjes"
        r"|inddrages|standses|udbetales ikke|sættes ned|sættes op|stoppes|sættes (?:ned|op)"
        r"|afslås|godkendes|bevilges|afvises|imødekommes|er trukket|trækkes|fjernes fra)"
    ),
    r"vi stopper (?:dine|din|dit|udbetaling\w*)",
    r"(?:vi|kommunen) (?:trækker|sætter) (?:din|dit|dine)(?: \w+){0,3} (?:tilbage|ned|op)",
    (
        r"(?:ikke )?(?:ret|berettiget) til (?:\w+ )?(?:hjælp|støtte|ydelse\w*|tilskud"
        r"|kontanthjælp|sygedagpenge|boligstøtte|pension)"
    ),
    r"ikke (?:længere )?(?:ret til|berettiget)",
    r"i henhold til (?:servicelov\w*|lov|paragraf|[0-9]+ (?:i|stk|nr))",
    r"gebyret(?: \w+){0,5} (?:slettet|frafaldet|eftergivet)",
    r"(?:du|i) (?:må|kan) (?:nu )?(?:opføre|fælde|bygge)(?: \w+){0,6} tilladelse",
    r"vi har besluttet(?: \w+){0,3} (?:at (?:give|stoppe|bevilge|afslå|inddrage|du)|i dag)",
    (
        r"(?:your|the|his|her)(?: \w+){0,6} (?:has been|have been|is|are|was|will be|is "
        r"hereby)(?: hereby| now| not)? (?:approved|granted|rejected|refused|denied|stopped"
        r"|terminated|withdrawn|reduced|increased|awarded|revoked|suspended|turned down"
        r"|cancelled from|declined|extended until)"
    ),
    (
        r"(?:we|i|the municipality)(?: (?:have|are|hereby|will|must|have now|am|ve"
        r"|now))?(?: \w+)? (?:approved?|grant(?:ed|ing|s)?|reject(?:ed|ing|s)?|refus(?:e|ed"
        r"|ing)|den(?:y|ied|ying)|stop(?:ping|ped)?|terminat(?:e|ed|ing)|award(?:ed|ing)?"
        r"|withdraw(?:ing|n)?|revok(?:e|ed|ing)|reduc(?:e|ed|ing))(?: \w+)? (?:your|you|the "
        r"application)"
    ),
    (
        "you (?:have been|are|have|will be|were)(?: hereby| now| not)? (?:granted|awarded"
        "|refused|denied|entitled|approved|allocated|rejected|eligible)"
    ),
    r"you (?:must|have to|need to|shall|will have to) (?:pay back|repay|return(?: \w+){0,4} money)",
    "pay back|repay(?:ment)?",
    (
        r"(?:we|i) (?:hereby|have decided|have today decided)(?: \w+){0,2} (?:to (?:give|grant"
        r"|stop|refuse|reject|approve)|that you)"
    ),
    "(?:our|this is (?:a|our|the)) decision(?: is| on| in)?",
    (
        r"(?:your (?:benefit|help|support|allowance|subsidy|payment|pension"
        r"|place)(?: \w+){0,4}) (?:ends|stops|ceases|lapses|will (?:end|stop|cease))"
    ),
    "no longer (?:entitled|eligible)|hereby",
    (
        r"you (?:get|receive|will get|will receive|have got)(?: \w+){0,3} (?:support|permission"
        r"|permit|subsidy|allowance|grant|dispensation|a place (?:at|in)|home help|benefit)"
    ),
    r"(?:we|i) (?:give|are giving|gave) you(?: \w+)? (?:permission|a permit|support)",
    "case is (?:decided|settled)|rule in your favour|ruled in",
)
# Sentences about a later, earlier or other authority's decision, which decide nothing.
TELLS = (
    "uenig i|disagree with|i digital post|by digital post|in digital post",
    (
        r"(?:hvis|når|om|inden) (?:du|det|der|afgørelsen|afslaget)(?: \w+){0,4} (?:afslag"
        r"|bevilling|afgørelse\w*|godkendt|bevilget|afvist|tilladelse)"
    ),
    r"(?:ved|i) (?:et|en) (?:afslag|bevilling|afgørelse\w*|tilladelse)",
    (
        r"(?:skal|for at|kan|må)(?: \w+){0,3} (?:have|bruge|søge|søger)(?: \w+){0,2} "
        r"(?:tilladelse|bevilling|dispensation|støtte|hjælp)"
    ),
    (
        r"(?:byrådet|udvalget|regionen|staten|council|committee)(?: har| have| has)? "
        r"(?:godkendt\w*|godkendte|besluttet|besluttede|vedtaget|afviste|approved|decided"
        r"|rejected)"
    ),
    (
        r"(?:if|when|before|once|until|unless) (?:your|you|the|it)(?: \w+){0,6} (?:granted"
        r"|approved|rejected|refused|decision|entitled|permission|permit)"
    ),
    "(?:whether|om du|hvorvidt)|you need (?:a |the )?(?:permit|permission|approval|grant)",
    "(?:modtaget|received|behandler|behandles|treating|læser|reading)",
)
