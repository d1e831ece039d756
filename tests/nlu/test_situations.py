"""The situation and the need of a wage, said in many ways, and what only looks like it."""

import pytest

from bench.reading import Reader

SITUATIONS = {
    "at_risk": [
        "onze vestiging in Breda gaat volgend jaar sluiten",
        "in juni houdt mijn werk op te bestaan",
        "de zaak stopt er met kerst mee",
        "mijn baas gaat met pensioen en heeft geen opvolger, dus de winkel sluit",
        "het bedrijf vertrekt naar Roemenië",
        "ze verhuizen de productie naar India",
        "we krijgen allemaal ontslag per 1 januari",
        "mijn contract wordt niet meer verlengd",
        "ik heb nog een contract tot augustus",
        "over drie maanden sta ik op straat",
        "volgend jaar ben ik mijn baan kwijt",
        "ze hebben faillissement aangevraagd",
        "ik werk nu nog maar in maart is het afgelopen",
        "mijn functie wordt geschrapt",
        "we horen in mei wie eruit moet",
        "er komt een reorganisatie aan",
        "straks heb ik geen werk meer",
        "ze gaan ons allemaal vervangen door robots",
        "ons distributiecentrum verhuist naar Duitsland",
        "ik mag nog tot eind december blijven werken",
        "mijn tijdelijke contract loopt in april af",
        "de bank sluit mijn kantoor",
        "wij worden in het najaar opgeheven",
        "over een halfjaar zit ik zonder werk",
        "ons kantoor gaat dicht per 1 maart",
        "ik weet niet of mijn contract verlengd wordt",
        "mijn contarct loopt af",
        "de uitgeverij haalt de zomer niet",
        "het restaurant waar ik werk loopt niet meer",
        "in de herfst trekken ze de stekker eruit",
        "we mogen straks allemaal weg",
        "ik werk al 22 jaar in een winkel maar de winkel gaat dicht ik ben 54 ben ik niet te oud??",
    ],
    "ww": [
        "ik ben al twee jaar werkloos",
        "al een jaar niet meer aan het werk",
        "ik zit nu over de twee jaar in de ww",
        "in maart ontslagen en sindsdien thuis",
        "mijn werkgever ging failliet en nu zit ik in de ww",
        "ben sinds vorige maand mijn baan kwijt",
        "ik krijg een uitkering van het uwv",
        "na het faillissement zit ik werkloos thuis",
        "heb al een jaar geen werk",
        "mijn contract liep af in juni, nu niks",
        "vorig jaar ontslagen bij de bank",
        "ik zoek al maanden werk, ben werkloos",
    ],
    "bijstand": [
        "ik leef van de bijstand",
        "ik heb een uitkering via de gemeente",
        "eerst ww, nu bijstand",
    ],
    "self_employed": [
        "ik heb een eigen bloemenzaak",
        "heb m'n winkel nog, maar ik overweeg te stoppen",
        "mijn zaak heb ik nog",
        "ik heb nog een kapperszaak",
        "ben al tien jaar voor mezelf bezig",
        "ik werk voor mezelf",
        "ik ben zzp'er in de bouw",
        "mijn eigen kapsalon loopt slecht",
        "mijn winkeltje loopt steeds minder",
        "samen met mijn man run ik een camping",
        "ik heb een kleine drukkerij, al twintig jaar",
    ],
    "employed": [
        "mijn bedrijf heb ik verkocht, nu in loondienst",
        "ik ben gestopt als zzp'er en werk nu bij een baas",
        "heb een vaste baan bij de gemeente",
        "ik zit nog gewoon in dienst",
        "ik heb werk maar wil wat anders",
        "eerst werkloos, nu weer een baan als schoonmaker",
        "ik heb een uitzendcontract",
    ],
    "returning": [
        "ik ben acht jaar thuis geweest voor mijn kinderen",
        "heb jaren voor mijn zieke moeder gezorgd en wil weer aan het werk",
        "de kinderen zijn groot, ik wil weer gaan werken",
        "ik heb tien jaar niet gewerkt vanwege de kinderen",
        "na twaalf jaar mantelzorg wil ik weer beginnen",
        "ik was altijd huismoeder",
    ],
    None: [
        "ik heb een dag voor mezelf want ik werk 36 uur",
        "ik zorg voor mijn moeder dus ik kan 20 uur",
        "mijn man zit in de ww",
        "mijn zus heeft een eigen kapsalon",
        "mijn broer zijn fabriek gaat dicht",
        "ik wil voor mezelf beginnen",
        "ik droom van een eigen winkel",
        "krijg ik ww als ik zelf ontslag neem?",
        "wat als ik ontslagen word?",
        "ik doe iets voor mezelf",
        "tijd voor mezelf vind ik belangrijk",
        "ik werk graag in een team",
        "ik werk het liefst alleen",
        "de winkel is zondag dicht",
        "het station is dicht bij mijn huis",
        "ik woon dicht bij de fabriek",
        "ik zoek werk bij een bakkerij",
        "mijn huurcontract loopt af",
        "kan ik blijven wonen in Zeist",
        "als ik in de bijstand kom mag ik dan leren?",
        "werk in de zorg lijkt me mooi",
        "mijn vriendin werkt bij de jumbo",
        "ik werk niet meer",
        "ik heb vroeger in een fabriek gewerkt",
        "de kinderen gaan naar school dus ik kan overdag",
        # what the work is does not say whether it lasts
        "ik haal mensen uit brandende huizen",
        "ik werk bij de action",
        "ik werk drie dagen in een verzorgingshuis",
    ],
}
WAGES = {
    "needed": [
        "verdienen en leren tegelijk, anders lukt het niet",
        "zonder poen kan ik niet",
        "ik moet de huur betalen",
        "ik ben alleen met drie kinderen dus er moet geld binnenkomen",
        "zonder loon red ik het niet",
        "ik heb geen spaargeld",
        "de hypotheek gaat gewoon door",
        "ik kan echt niet zonder inkomen",
        "ja ik moet verdienen tijdens het leren",
        "alleen als het betaald wordt",
        "ik sta rood elke maand",
        "geen geld dan kan ik niet leren",
        "ik ben kostwinner",
        "wij leven van mijn loon",
        "ik heb schulden dus ik moet geld hebben",
        "salaris moet doorlopen",
        "mijn gezin leeft van mijn inkomen",
        "wie betaalt anders mijn huur",
        "geen loon is geen optie",
        "ik ben de enige die hier verdient",
        "ik wil wel betaald krijgen als ik leer",
        "als alleenstaande moeder kan ik niet zonder salaris",
        "ja, want ik heb vaste lasten",
    ],
    "not_needed": [
        "mijn partner verdient genoeg",
        "ik heb genoeg gespaard",
        "het hoeft niet betaald te zijn",
        "een jaar zonder loon kan ik wel hebben",
        "we kunnen leven van het inkomen van mijn vrouw",
        "ik heb een potje achter de hand",
        "drie maanden geen loon is te doen",
        "nee hoor, geld is niet zo belangrijk",
        "loon hoeft niet, mijn man werkt fulltime",
        "ik heb een erfenis gehad dus ik kan wel even vooruit",
        "ik woon bij mijn ouders dus ik hoef niks te verdienen",
        "betaald leren is mooi, maar het hoeft niet",
        "een opleiding zonder salaris is voor ons geen enkel probleem",
        "een jaar geen loon overleven wij wel",
        "zonder poen kan ik wel een tijdje",
        "ik krijg een transitievergoeding waar ik van kan leven",
    ],
    None: [
        "ik wil meer verdienen",
        "mijn zoon moet zijn huur betalen",
        "ik heb geld nodig voor een nieuwe fiets",
        "hoeveel geld krijg ik als ik leer?",
        "weet niet of ik geld nodig heb",
        "mijn man werkt 40 uur",
        "ik moet de opleiding zelf betalen zeker",
        "wat kost de opleiding",
        "moet ik betalen voor de cursus?",
    ],
}


@pytest.mark.parametrize(
    ("value", "text"), [(value, text) for value, texts in SITUATIONS.items() for text in texts]
)
def test_the_situation_of_today_is_read(reader: Reader, value: str | None, text: str) -> None:
    found = [item["value"] for item in reader(text) if item["entity"] == "situation"]
    assert found == ([value] if value else [])


@pytest.mark.parametrize(
    ("value", "text"), [(value, text) for value, texts in WAGES.items() for text in texts]
)
def test_the_need_of_a_wage_is_read(reader: Reader, value: str | None, text: str) -> None:
    found = [item["value"] for item in reader(text) if item["entity"] == "wage"]
    needs = [one for one in found if one in ("needed", "not_needed")]
    assert needs == ([value] if value else [])


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("ben ontslagen", True),
        ("vorig jaar ontslagen bij de bank", True),
        ("ik ben ontslagen en krijg nu ww", False),
        ("ontslagen in maart, krijg nu geld van het uwv", False),
        ("ik ben al twee jaar werkloos", True),
        ("ik heb geen werk nu", True),
        ("ik zit thuis zonder baan", True),
        ("ik heb geen werk en leef van de ww", False),
        ("nee, geen werk meer", True),
        ("ik heb geen baan meer", True),
        ("werk heb ik niet meer", True),
        ("heb geen werk meer sinds de fabriek dicht ging", False),
    ],
)
def test_who_was_dismissed_is_asked_how_it_is_now(reader: Reader, text: str, asked: bool) -> None:
    found = [item for item in reader(text) if item["entity"] == "situation"]
    assert [(item["value"], "alternatives" in item) for item in found] == [("ww", asked)]
