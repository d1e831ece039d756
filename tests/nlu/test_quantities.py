"""Numbers and diplomas that mend another one, that are another's, or that are of something else than work."""

import pytest

from bench.reading import Reader


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        # a number that mends or opposes another, also without a unit
        ("geen 24, 32 graag", "hours", ["32"]),
        ("werk 36, wil graag terug naar 24", "hours", ["24"]),
        ("36 uur per week is te veel, 30 kan wel", "hours", ["30"]),
        ("35 uurtjes, of nee 30", "hours", ["30"]),
        # of a range the least, however it is said
        ("tussen de 20 en 28", "hours", ["20"]),
        ("tussen de 20 en 24 uur", "hours", ["20"]),
        ("tussen twintig en dertig", "hours", ["20"]),
        ("tussen 16 en 24", "hours", ["16"]),
        ("20 tot 24 uur", "hours", ["20"]),
        ("24 tot 32", "hours", ["24"]),
        ("van 13 tot 17", "hours", []),
        ("mijn vriendin werkt 24 uur, ik 36", "hours", ["36"]),
        ("mijn baas wil dat ik 40 uur ga draaien", "hours", []),
        ("20 uur, meer kan ik niet", "hours", ["20"]),
        ("ik werk 40 uur, dat trek ik niet meer", "hours", []),
        ("2,5 dag", "hours", ["20"]),
        ("ik werk 4x9", "hours", ["36"]),
        ("vier dagen van 9", "hours", ["36"]),
        ("vijf dagen van zes", "hours", ["30"]),
        ("vier keer negen", "hours", ["36"]),
        ("4 dagen van 9 tot 17", "hours", []),
        ("3 x 8", "hours", ["24"]),
        ("24/32 uur", "hours", ["24"]),
        ("24/7", "hours", []),
        ("van 12/10 tot 14/10", "hours", []),
        ("ik kan 24 uur leren", "hours", ["24"]),
        ("ik moet nog 6 uur studeren", "hours", []),
        ("dinsdag en vrijdag kan ik", "hours", ["16"]),
        ("12 jaar. nee sorry 14 jaar", "years", ["14"]),
        ("mijn collega werkt hier 8 jaar en ik 3", "years", ["3"]),
        ("ik had vroeger 2800 bruto en nu 2300 bruto", "wage", ["2300"]),
        ("eerst dacht ik 1900 netto maar 2050 netto is het", "wage", ["2050"]),
        # a bare number that may be an age, a house, a bus, a postcode
        ("32", "hours", ["32"]),
        ("ik ben tussen de 40 en 45", "hours", []),
        ("ben 45, wil 32", "hours", []),
        ("ik heb 16 katten en wil 20 kippen", "hours", []),
        ("bus 32 stopt hier", "hours", []),
        ("2300", "wage", []),
        ("rond 1500 mensen", "wage", []),
        # times of day and prices
        ("de kringloop is open van 10 tot 17 uur", "hours", []),
        ("ik werk van 8 tot 12 uur", "hours", []),
        ("een fiets van 700 euro", "wage", []),
        ("een salaris van 2400 euro", "wage", ["2400"]),
        ("ik woon in 9711 en rijd 8 jaar bus", "wage", []),
        ("€2.150 onder de streep", "wage", ["2150"]),
        # years of something else, and work by its name
        ("ik was visser 14 jaar maar nu ww", "years", ["14"]),
        ("negen jaar horeca", "years", ["9"]),
        ("reorganisatie, na 18 jaar moet ik eruit", "years", ["18"]),
        ("een jaar voor de klas gestaan en toen de zorg in", "years", []),
        ("8 jaar huismoeder", "years", []),
        ("van 1988 tot 2004 bij de Rabobank", "years", ["16"]),
        ("van 1988 tot 2004 op school", "years", []),
        ("in de wia, al vier jaar", "years", []),
        ("10 jaar niks gedaan", "years", []),
        ("ik wachtte 3 jaar op een huis", "years", []),
        ("havo, na twee jaar gestopt", "years", []),
        ("zes jaar terug gehaald", "years", []),
        ("ik deed 2 jaar vakschool", "years", []),
        ("tien jaar thuis geweest en daarvoor 6 jaar naaister", "years", ["6"]),
        ("ik verkocht negen jaar bloemen op de markt", "years", ["9"]),
        ("ik schilderde negen jaar kozijnen", "years", ["9"]),
        # an age beside a name, and beside the years of work
        ("ik ben marjan 54 jaar en zit al 22 jaar achter de kassa", "years", ["22"]),
        ("ik ben marjan 54 jaar en zit achter de kassa", "years", []),
        ("54 jaar en al 20 jaar kok", "years", ["20"]),
        ("20 jaar verkoopster en daarna 4 jaar kassa", "years", ["20"]),
        # other people
        ("een vriend van me is 20 jaar metselaar", "years", []),
        ("moeder van mij verdient 3000 netto", "wage", []),
        # net and gross, and how often
        ("1800 euro na belasting", "wage", ["1800"]),
        ("12 euro 40 het uur", "wage", ["2042"]),
        ("per week 400 netto", "wage", ["1733"]),
        ("tweeduizend vijfhonderd netto", "wage", ["2500"]),
        ("minimaal 2100", "wage", ["2100"]),
        ("36 uur hoeft niet meer 28 is ook goed en ik hoef niet per se loon", "wage", []),
        ("20 uur 14 bruto per uur", "wage", ["2305"]),
    ],
)
def test_numbers_are_read_by_what_stands_round_them(
    reader: Reader, text: str, kind: str, expected: list[str]
) -> None:
    assert [item["value"] for item in reader(text) if item["entity"] == kind] == expected


@pytest.mark.parametrize(
    ("text", "loose"),
    [
        ("33 jaar, 2 kids", [True]),
        ("kapper, 33 jaar", [True]),
        ("33 jaar kapper", [False]),
        ("12 jaar", [False]),
        ("12 jaar kassa", [False]),
        ("ik werk er 25 jaar", [False]),
        ("ik ben 23 jaar secretaresse geweest", [False]),
    ],
)
def test_years_that_may_be_an_age_are_marked(
    reader: Reader, text: str, loose: list[bool]
) -> None:
    years = [item for item in reader(text) if item["entity"] == "years"]
    assert ["loose" in item for item in years] == loose


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mbo 2, nee sorry 3", ["mbo3"]),
        ("ik dacht mbo niveau 4 maar het is niveau 2, dus 2", ["mbo2"]),
        ("mbo 4, 3 jaar als kok", ["mbo4"]),
        ("vwo, nee wacht, havo", ["havo"]),
        ("mavo gehaald en verder niks afgerond", ["vmbo"]),
        ("havo en vwo niet gehaald", []),
        ("ik kwam nooit verder dan de lts", ["vmbo"]),
        ("mulo, dat bestaat niet meer", ["vmbo"]),
        ("ik vraag me af of ik goed genoeg ben voor niveau 3", []),
        ("tellen schooldiploma's uit Polen ook mee?", []),
        ("ik ben gestopt in de vierde klas van de havo", []),
        ("20 jaar chauffeur, mts", ["mbo4"]),
        ("in Brugge heb ik mijn A2 behaald", ["foreign"]),
        ("ik kom uit Turkije, ik heb een diploma van daar", ["foreign"]),
        ("school gehad in Eritrea, geen diploma", ["none"]),
        ("welk niveau mijn diploma is weet ik niet, welk niveau geen idee", ["unknown"]),
    ],
)
def test_the_diploma_that_is_meant_is_taken(
    reader: Reader, text: str, expected: list[str]
) -> None:
    assert [item["value"] for item in reader(text) if item["entity"] == "education"] == expected
