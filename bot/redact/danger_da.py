"""The words of danger in Danish (HR-29), in the format of danger_rule.py."""

from __future__ import annotations

from bot.redact.danger_rule import Rule

CLASSES = {
    "kin": (
        "mand|kone|kæreste|eks|ekskæreste|eksmand|ekskone|samlever|partner|far|mor|forældre|stedfar"
        "|stedmor|papfar|papmor|plejefar|plejemor|bror|storebror|lillebror|søster|storesøster"
        "|lillesøster|søn|datter|barn|børn|baby|dreng|drenge|pige|piger|barnebarn|børnebørn|onkel"
        "|moster|faster|bedstefar|bedstemor|farfar|farmor|morfar|mormor|svigerfar|svigermor"
        "|svigersøn|ven|veninde|kammerat|nabo|lærer|træner|søskende"
    ),
    "my": "min|mit|mine|vores|hans|hendes|deres|sin|sit|sine|naboens",
    "who": (
        "han|hun|de|{my} {kin}|{my} (?:gamle|ældste|yngste|store|lille) {kin}|far|mor|naboen|nogen"
        "|manden|fyren|eksen|kæresten|ham der|en mand|en fyr|en kvinde|en person"
    ),
    "whom": (
        "mig|os|hende|ham|{my} {kin}|børnene|barnet|et barn|mor|far|lillebror|lillesøster"
        "|storebror|storesøster"
    ),
    "person": (
        "jeg|vi|han|hun|{my} {kin}|manden|kvinden|barnet|drengen|pigen|babyen|personen|nogen"
        "|(?:en|et) (?:ældre |lille |ung )?(?:mand|kvinde|person|dreng|pige|barn|baby|cyklist|dame"
        "|fodgænger|elev|borger|beboer)"
    ),
    "often": (
        "(?: (?:altid|ofte|tit|igen|også|stadig|bare|lige|nu|jo|hele tiden|nogle gange|hårdt"
        "|hver (?:dag|aften|uge|nat|gang)|når han drikker|når hun drikker)){0,3}"
    ),
    "has": (
        "(?: (?:har|havde|er begyndt at|begynder at|bliver ved med at|prøver at|prøvede at|vil"
        "|kommer til at|forsøger at)(?: lige| igen| også| tit| ofte| altid| nu)?)?"
    ),
    "play": "(?: (?:i|til) (?:skak|fodbold|kort|tennis|ludo|spil|spillet|badminton|skat|quiz))",
    "thing": (
        "hus|huset|nabohuset|sommerhuset|køkkenet|lejligheden|opgangen|kælderen|loftet|taget|altanen"
        "|bilen|skoven|bygningen|skolen|gården|laden|stalden|skuret|garagen|carporten|marken|heden"
        "|containeren|affaldscontaineren|skraldespanden|hytten|båden|træet|komfuret|naboens \\w+"
    ),
}

RULES: tuple[Rule, ...] = (
    Rule(
        "emergency",
        "brand ild brænder flammer lue røg gas gaslugt gasudslip eksplosion eksploderet",
        (
            (
                r"(?:der er|er der|det er)(?: lige| gået| opstået| udbrudt)*(?: en| stor)* "
                r"brand(?! (?:i farver|og redning))"
            ),
            r"(?:hjælp|opstået|udbrudt)(?: \|)* brand",
            r"brand i {thing}",
            (
                r"(?:der er|er der|gået|opstået|går|gik|sat)(?: lige| pludselig| kommet)* ild "
                r"(?:i|på)"
            ),
            r"ild i {thing}",
            r"{thing}(?: \w+)? (?:brænder|står i (?:flammer|brand|lys lue))",
            (
                r"(?:det|der) brænder(?: kraftigt| voldsomt| stadig| lige| nu| helt vildt)*(?: "
                r"(?:hos|ved|nede|ude|udenfor|her|hjemme|derhjemme|i {thing}|på {thing})"
                r"|{closes})"
            ),
            r"røg ud (?:af|fra) (?:vinduet|vinduerne|taget|huset|lejligheden|døren)",
            r"lugter(?: \w+)?(?: af)? gas|gaslugt|gasudslip",
            (
                r"(?:der er|der var|der skete|sket|hørte)(?: \w+){0,2} eksplosion|er(?: lige)? "
                r"eksploderet"
            ),
        ),
    ),
    Rule(
        "emergency",
        (
            "bevidstløs besvimet livløs vejret luft vågner vågne vække vækkes "
            "bevæger reagerer kontakt liv"
        ),
        (
            r"(?:er|ligger|blev|blevet|virker|faldet om)(?: \w+){0,2} (?:bevidstløs|livløs)",
            r"(?:mor|far|mand|kone|barn|baby) bevidstløs",
            r"{person} (?:er|har|er lige|har lige) besvimet",
            r"trækker (?:ikke|næsten ikke) vejret|(?:har )?holdt op med at trække vejret",
            r"kan(?: næsten)? ikke (?:trække|få) vejret",
            r"{person} (?:kan(?: næsten)? ikke få|får ikke) luft(?! i)",
            r"{person}(?: \w+){0,3} (?:vågner ikke|vil ikke vågne|kan ikke vækkes)",
            r"kan ikke (?:vække|få kontakt med|få liv i) {whom}",
            r"{person}(?: \w+){0,4} bevæger sig ikke",
            r"{person} reagerer ikke(?: mere)?(?:{closes}| når jeg (?:rusker|råber|taler til))",
        ),
    ),
    Rule(
        "emergency",
        (
            "bløder hjertestop hjerteanfald hjertetilfælde slagtilfælde blodprop brystet "
            "kramper halsen kvalt gift rottegift klorin afløbsrens knapbatteri overdosis "
            "piller tabletter sovepiller sprøjtegift"
        ),
        (
            (
                r"bløder(?: \w+)? (?:kraftigt|voldsomt|meget|rigtig meget|fra hovedet|fra "
                r"halsen|ihjel|hele)"
            ),
            r"{person} bløder{closes}",
            (
                r"(?:har|får|fik)(?: lige| vist| måske| nok| fået)*(?: et| en)? (?:hjertestop"
                r"|hjerteanfald|hjertetilfælde|slagtilfælde)"
            ),
            r"(?:lige fået|ved at få|får) en blodprop",
            r"(?:ondt|smerter|trykken|jager|stikker) i brystet",
            r"{person} (?:har|får|ligger)(?: \w+){0,2} kramper",
            r"(?:fået|sidder)(?: \w+){0,2} (?:galt|fast) i halsen|ved at blive kvalt",
            (
                r"{person}(?: \w+){0,3} (?:spist|drukket|slugt|indtaget)(?: \w+){0,2} (?:gift"
                r"|rottegift|klorin|afløbsrens|knapbatteri|sprøjtegift)"
            ),
            r"(?:taget|tage|tager|slugt) en overdosis",
            (
                r"(?:taget|slugt|spist|tager|sluger)(?: \w+){0,2} (?:for mange|alle (?:mine"
                r"|sine|hendes|hans)|en masse)(?: \w+)? (?:piller|tabletter|sovepiller)"
            ),
            (
                r"(?:taget|slugt|spist|tager|sluger)(?: \w+){0,2} (?:for mange|alle (?:mine"
                r"|sine|hendes|hans)|en masse) (?:piller|tabletter|sovepiller)"
            ),
        ),
    ),
    Rule(
        "emergency",
        (
            "ambulance ambulancen 112 911 999 ulykke trafikulykke færdselsuheld påkørt kørt "
            "drukne drukner isen faldet vandet nødsituation livsfare fare dø dør"
        ),
        (
            r"(?:ring|ringe|send|sende|tilkald|brug for|bruge|hent|skaf)(?: \w+){0,3} ambulance",
            r"ambulance(?:n)? (?:nu|hurtigt|med det samme|til)",
            r"(?:ring|ringe|ringer|ringet|call|called|calling|dial)(?: \w+){0,2} (?:112|911|999)",
            r"< (?:112|911)(?: \|)* >",
            (
                r"er(?: lige| netop)? sket en(?: \w+)? (?:ulykke|trafikulykke)|sket et(?: "
                r"\w+)? færdselsuheld"
            ),
            (
                r"{person}(?: \w+){0,2} (?:er|blev)(?: lige)?(?: blevet)? (?:påkørt|kørt "
                r"(?:ned|over))"
            ),
            r"{person}(?: \w+){0,2} (?:ved at drukne|drukner)(?! i)",
            (
                r"{person}(?: \w+){0,2} faldet (?:ud )?i (?:vandet|havnen|havnebassinet|åen"
                r"|søen|bassinet)"
            ),
            r"gået (?:igennem|gennem) isen",
            r"faldet(?: \w+){0,4} (?:kan ikke (?:rejse|komme op|bevæge)|bløder|vågner ikke)",
            r"(?:det er|dette er|i) en(?: \w+)? nødsituation",
            r"(?:er|svæver) i livsfare",
            r"(?:{person}|børnene|mit liv|hendes liv) er i (?:stor |akut )?fare(?! for)",
            (
                r"jeg er ved at dø(?! (?:af|for))"
                r"|(?<!når )(?<!hvis )(?<!før )(?<!inden )(?<!efter )(?<!at )jeg dør(?: nu)?"
                r"{closes}"
            ),
        ),
    ),
    Rule(
        "suicide",
        "dø død leve liv livet uden her ende altid fandtes",
        (
            (
                r"jeg (?:vil|ønsker|ville|skal)(?: bare| gerne| hellere| snart| helst| "
                r"virkelig| egentlig| kun| faktisk| at)* dø(?! (?:af|for))"
            ),
            r"(?:lyst til|tænker på|overvejer|klar til|parat til|tanker om) at dø(?! af)",
            (
                r"(?:gid|bare|ønske|ønsker)(?: at)? jeg(?: bare)? (?:var død|kunne dø|var væk "
                r"for altid)"
            ),
            r"hellere (?:være|vil være|vil jeg være) død",
            (
                r"jeg (?:vil|gider|ønsker|orker|magter|kan)(?: bare| simpelthen| virkelig| "
                r"altså)* ikke(?: at)?(?: \w+)? leve (?:mere|længere|videre)"
            ),
            (
                r"jeg (?:vil|gider|ønsker|orker|magter)(?: bare| simpelthen| virkelig| altså)* "
                r"ikke(?: at)? leve{closes}"
            ),
            r"(?:ikke lyst|mistet lysten|ingen lyst|ikke mere lyst) til (?:livet|at leve)",
            r"jeg (?:vil|orker|gider)(?: bare)? ikke(?: at)? være her (?:mere|længere){closes}",
            (
                r"jeg (?:orker|magter|gider) ikke livet|kan ikke holde livet ud|kan ikke holde "
                r"ud at leve"
            ),
            r"livet er ikke værd at leve|ikke mere at leve for|intet at leve for",
            (
                r"(?:gøre|gør|sætte) en ende på (?:mit liv|livet)"
                r"|(?<! i )(?:gøre|gør|sætte) en ende på det hele"
                r"|(?:ende|afslutte) mit(?: eget)? liv"
            ),
            (
                r"(?:tage|tager|tog|taget) (?:mit|sit)(?: eget)? liv|(?:tage|tager) livet af "
                r"(?:mig|sig|dig)"
            ),
            r"(?:bedre|bedst)(?: stillet| hvis i var)? uden mig{closes}",
            (
                r"(?:bedre|bedst)(?: af)? hvis jeg (?:var død|ikke fandtes"
                r"|ikke var her(?: mere| længere)?{closes})"
            ),
        ),
    ),
    Rule(
        "suicide",
        (
            "selvmord selvmordstanker selvmordsforsøg selvmordstruet selv cutter "
            "bro broen hænge hænger skære foran taget tag altanen højbro"
        ),
        (
            (
                r"(?:begå|begår|overvejer|tænker på|tænkt på|tanker om|planer om|planlægger"
                r"|truer med|truet med|prøver på|prøvet på|forsøger)(?: at begå)? selvmord"
            ),
            r"(?:har|får|fået)(?: \w+){0,2} selvmordstanker",
            r"(?:har|lavet|gjort|begået)(?: \w+){0,2} selvmordsforsøg",
            r"(?:er|bliver)(?: \w+)? selvmordstruet",
            (
                r"(?:slå|slår|dræbe|dræber|skyde|skyder|hænge|hænger) mig selv(?! (?:i "
                r"(?:hovedet|panden)|over))"
            ),
            r"(?:vil|lyst til at|tænker på at|skal) hænge mig{closes}",
            r"(?:skære|skærer|cutter)(?: mig)?(?: i)? mig selv|jeg cutter",
            (
                r"(?:vil|lyst til at|tænker på at|begyndt at|bange for at|har|kommer til "
                r"at)(?: \w+)? (?:skade|skadet|skader) mig selv(?! på)"
            ),
            r"gøre(?: noget ved)? (?:skade på )?mig selv(?: noget| ondt| fortræd|{closes})",
            (
                r"(?:jeg|han|hun|min {kin}) (?:vil|har lyst til at|tænker på at)(?: \w+)? "
                r"(?:hoppe|springe|kaste mig) ud (?:foran|fra (?:en bro|broen|et tag|taget"
                r"|altanen|en højbro))"
            ),
        ),
    ),
    Rule(
        "child",
        (
            "slår slog slået slå tæver tævet banker bankede sparker sparkede rører rørt røre "
            "misbruger misbrugt mishandler mishandlet vanrøgter vanrøgtet krænket sulter mad "
            "efterladt drikker alene"
        ),
        (
            (
                r"(?:(?:min|mine|vores) )?(?:far|mor|forældre|stedfar|stedmor|papfar|papmor"
                r"|plejefar|plejemor|lærer|træner|onkel|bedstefar|farfar|morfar|pædagog){has} "
                r"(?:slår|slog|slået|slå|tæver|tævet|banker|bankede|sparker|sparkede|misbruger"
                r"|misbrugt|mishandler){often} (?:mig|os|min (?:lille|store)?(?:bror|søster)"
                r"|mine søskende)(?!{often}{play}| op i)"
            ),
            (
                r"{who}{has} (?:rører|rørt|røre) (?:ved (?:mig|hende|{my} (?:datter|søn|barn"
                r"|børn)|barnet|børnene)|mig (?:på|mellem|i|under))"
            ),
            (
                r"(?:slår|slog|tæver|banker|sparker|mishandler|misbruger|vanrøgter) (?:sit"
                r"|sine|deres|hendes|hans) (?:barn|børn|datter|søn|baby)"
            ),
            r"(?:slår|tæver|mishandler|misbruger) (?:børn|et barn|et lille barn|babyen)",
            (
                r"(?:barn|børn|barnet|børnene|dreng|drengen|pige|pigen|baby|babyen|datter"
                r"|søn)(?: \w+){0,3} (?:bliver|blev|blevet|er)(?: \w+)? (?:slået|tævet"
                r"|mishandlet|vanrøgtet|misbrugt|krænket|efterladt)(?! (?:ud|op|i skak))"
            ),
            (
                r"(?:er|går|sidder|ligger|står|løber) (?:et|en)(?: helt)?(?: lille)? (?:barn"
                r"|baby|spædbarn|dreng|pige)(?: \w+){0,2} alene"
            ),
            r"(?:børnene|barnet) (?:sulter|får ikke mad(?:{closes}| (?:hjemme|derhjemme)))",
        ),
    ),
    Rule(
        "child",
        "bekymret barn barnet",
        (
            (
                r"bekymret for (?:et barn|nogle børn|naboens (?:barn|børn|dreng|pige|datter"
                r"|søn)|min nabos børn)"
            ),
            r"barn(?:et)? i (?:akut )?fare",
        ),
    ),
    Rule(
        "violence",
        (
            "slår slog slået slå tæver tævet tæve banke banker bankede banket sparker "
            "sparkede sparket kvæler mishandler mishandlet gennembanket prygler tæv tæsk bank "
            "prygl ihjel dræbe dræber myrde skyde kvælertag voldelig voldelige vold "
            "partnervold overgreb voldtaget voldtog voldtager misbruger misbrugt stikke"
        ),
        (
            (
                r"{who}{has} (?:slår|slog|slået|slå|tæver|tævet|tæve|banker|bankede|banket"
                r"|sparker|sparkede|sparket|kvæler|mishandler|mishandlet|prygler|misbruger"
                r"|misbrugt){often} {whom}(?!{often}{play}| (?:ned på|løs|op i|op på|til "
                r"ridder|græs|plænen|halvt))"
            ),
            (
                r"(?:slår|slog|banker|sparker|tæver) (?:han|hun|min (?:mand|kone|kæreste|eks"
                r"|far|mor)){often} (?:mig|os|hende|ham|børnene)(?!{often}{play})"
            ),
            (
                r"min (?:mand|kone|kæreste|eks|samlever|far|mor|stedfar|søn|bror) (?:slår"
                r"|banker|sparker|tæver){often}{closes}"
            ),
            (
                r"(?:bliver|blev|blevet) (?:slået|banket|tævet|sparket|mishandlet|misbrugt)(?: "
                r"\w+)? af (?:min|mit|mine|ham|hende|sin|en)"
            ),
            (
                r"(?:jeg|hun|barnet|min {kin}) (?:bliver|blev|er(?: lige)? blevet) (?:slået"
                r"|tævet|mishandlet|gennembanket|misbrugt)(?! (?:ud|om|over|sammen|op|i))"
            ),
            r"(?:får|fik|fået) (?:tæv|tæsk|bank|prygl)(?! i )",
            (
                r"{who}{has} (?:slå|slår|slog|slået|tæve|banke|stikke|bank)(?: \w+)? (?:mig|os"
                r"|hende|ham|børnene|{my} {kin}) (?:ihjel|ned{closes}|fordærvet|gul og blå)"
            ),
            r"(?:slå|slår|slog|slået) (?:mig|os|hende|ham|børnene|{my} {kin}) ihjel",
            r"{who}(?: \w+){0,3} (?:dræbe|dræber|myrde|skyde|stikke) {whom}",
            r"{who} drikker og (?:slår|banker|tæver|er voldelig)",
            r"kvælertag",
            (
                r"(?:jeg|vi|hun|han|barnet|børnene|min {kin}) (?:er|bliver|blev|var|har "
                r"været)(?: \w+)? udsat for(?: \w+){0,2} (?:vold|partnervold|overgreb)"
            ),
            r"{who} (?:er|bliver|var)(?: \w+){0,2} voldelig",
            r"(?:voldelig|voldelige) (?:mand|kæreste|eks|kone|samlever|far|mor)",
            r"voldtaget|voldtog|voldtager",
        ),
    ),
    Rule(
        "violence",
        "truer truede truet bange rædselsslagen låst låser spærret holder fanget inde",
        (
            r"{who}{has} (?:truer|truede|truet){often} {whom}",
            (
                r"{who}{has} (?:truer|truede|truet)(?: {whom})? med (?:at )?(?:slå(?! ned)"
                r"|dræbe|skade|tæve|stikke|skyde|brænde|tage livet|myrde|kniv|tæsk|tæv|vold"
                r"|bank|kvæle|komme efter)"
            ),
            (
                r"(?:bange|rædselsslagen) for (?:ham|hende|min (?:mand|kone|kæreste|eks"
                r"|eksmand|ekskæreste|ekskone|far|mor|stedfar|stedmor|bror|søn|samlever"
                r"|partner))(?:{closes}|(?= (?:og|når|fordi|hjælp|han|hun|for|derhjemme|hver)))"
            ),
            r"bange for (?:mit|vores|hendes|mine børns) liv",
            r"bange for at (?:han|hun|min {kin}) (?:slår|dræber|banker|tæver)",
            r"{who}{has} (?:låst|låser|spærret|holder|lukket) {whom} (?:inde|fanget)",
        ),
    ),
    Rule(
        "police",
        (
            "bryder brød brudt bryde indbrud indbrudstyv indbrudstyve indbrudstyven tyv tyven "
            "hus lejlighed hjem kælder"
        ),
        (
            (
                r"(?:nogen|han|de|en mand|tyven|tyvene|en|naboen|min eks)(?: \w+){0,3} "
                r"(?:bryder|brød|brudt|bryde)(?: sig)? ind(?! i (?:samtalen|debatten))"
            ),
            (
                r"indbrud (?:i gang|lige nu)|(?:er|sker)(?: der)?(?: et| lige nu)* indbrud "
                r"(?:nu|hos|i gang)"
            ),
            r"(?:indbrudstyv|indbrudstyve|indbrudstyven|tyv|tyven) (?:i|inde|hos|udenfor)",
            (
                r"der er (?:nogen|en|en fremmed|en mand|fremmede)(?: (?:nu|lige nu|stadig|nede"
                r"|oppe))? (?:inde )?i (?:mit|min|vores) (?:hus|lejlighed|hjem|kælder)"
            ),
        ),
    ),
    Rule(
        "police",
        (
            "kniv pistol gevær machete våben skydevåben økse skudt skud skyder stukket "
            "knivstukket skyderi overfaldet overfalder overfaldt røvet kidnappet bortført "
            "slagsmål forfølger forfulgt følger stalker stalket politiet truet forsvundet væk "
            "dræber ihjel myrder skyde dræbe"
        ),
        (
            (
                r"(?:{who}|personen|drengen|drenge|unge)(?: \w+)? (?:har|med|trækker|trukket"
                r"|trak|viftede|vifter|truer med|kom med)(?: \w+)? (?:kniv|pistol|gevær"
                r"|machete|våben|skydevåben|økse)(?! til)"
            ),
            (
                r"{person}(?: \w+){0,2} (?:er|blev|bliver)(?: lige)?(?: blevet)? (?:skudt(?! "
                r"(?:i gang|op|af))|stukket(?: ned| med)|knivstukket)"
            ),
            (
                r"der (?:bliver|blev)(?: lige)? skudt (?:mod|efter|på|her|udenfor|lige|i "
                r"gaden)|der er skyderi"
            ),
            r"(?:hører|hørte|hørt) skud",
            r"{who} skyder (?:på|mod|efter) {whom}",
            (
                r"{person}(?: \w+){0,3} (?:overfaldet|røvet|kidnappet|bortført)(?! (?:af (?:en"
                r"|flere) (?:hund|kat)))"
            ),
            r"{who} (?:overfalder|overfaldt) {whom}",
            r"der er(?: et| stort| vildt)* slagsmål",
            r"(?:følger efter|forfølger|stalker)(?: \w+)? (?:mig|os|hende|min {kin})",
            r"{person}(?: \w+){0,2} (?:forfulgt|stalket)",
            r"(?:ring til|tilkald|send|brug for) politiet(?! (?:om|hvis))",
            r"(?:jeg|vi|hun|han|min {kin}) (?:bliver|blev|er(?: lige)? blevet) truet",
            (
                r"(?:min|mit|vores)(?: \w+)? (?:søn|datter|barn|dreng|pige|baby|mor|far|mand"
                r"|kone|bror|søster|bedstemor|mormor|farmor|morfar|farfar|barnebarn)(?: "
                r"\w+){0,2} er(?: \w+)? (?:forsvundet|blevet væk)(?! fra (?:venteliste"
                r"|ventelisten|listen|systemet))"
            ),
            (
                r"jeg(?: \w+){0,2} (?:dræber|dræbe|myrder|skyder|skyde) (?:dig|jer|ham|hende"
                r"|min {kin})"
            ),
            r"jeg(?: \w+){0,2} (?:slår|slå|tæver|stikker) (?:dig|jer|ham|hende|min {kin}) ihjel",
        ),
    ),
)
