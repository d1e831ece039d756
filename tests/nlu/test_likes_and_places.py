"""Which place counts, what is liked and what is not, how work is now: a sentence of its own for each class."""

import pytest

from bench.reading import Reader

KINDS = ("place", "situation", "interest", "avoid")


@pytest.fixture(scope="module")
def plain() -> Reader:
    """Give a reader without occupations: nothing has to be trained."""
    return Reader(linking=False)


def said(reader: Reader, text: str) -> set[tuple[str, str]]:
    """Give kind and value of what is said of these kinds."""
    found = {(item["entity"], item["value"]) for item in reader(text)}
    needs = {("wage", "needed"), ("wage", "not_needed")} & found
    return needs | {item for item in found if item[0] in KINDS}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Mijn zwager uit Emmen heeft dat ook gedaan", None),
        ("we gaan zaterdag een dagje naar Arnhem", None),
        ("laadpalen ophangen bij bedrijven, bekabelen en testen", None),
        ("gisteren was ik in Zwolle bij de markt", None),
        ("mijn baas vindt dat ik naar Rotterdam moet", None),
        ("is er ook een cursus in Venlo?", None),
        ("zijn er vacatures in Venlo?", "Venlo"),
        ("ik woon bij mijn dochter in Assen", "Assen"),
        ("ik heb familie in Sneek maar woon zelf in Joure", "Joure"),
        ("maar niet in Almere hoor", None),
        ("liever niet in Utrecht, doe maar Amersfoort", "Amersfoort"),
        ("ik pendel van Weesp naar Amsterdam", "Weesp"),
        ("ik ben verhuisd van Weesp naar Almere", "Almere"),
        ("ik kom uit Emmen maar woon nu in Hoogeveen", "Hoogeveen"),
        ("Ik werk in Apeldoorn maar wonen doe ik in Epe", "Epe"),
        ("in Zwolle werk ik maar in Kampen woon ik", "Kampen"),
        ("Werken doe ik in Assen en wonen in Rolde", "Rolde"),
        ("werk zit in Venlo maar ons huis in Panningen", "Panningen"),
        ("ik woon en werk in Venray", "Venray"),
        ("eerst in Amsterdam, nu in Purmerend", "Purmerend"),
        ("thuis is Kampen", "Kampen"),
        ("Ik woonde in Breda maar sinds vorig jaar in Oosterhout", "Oosterhout"),
        ("ik wil 2500", None),
        ("apeldorn, 32 uur", "Apeldoorn"),
        ("ik woon vlak buiten Gouda", "Gouda"),
        ("ik woon in Blerick", "Venlo"),
        ("ik bin van Kerkroa", "Kerkrade"),
        ("ik kom út Boalsert", "Bolsward"),
        ("Nieuwegein, onder de rook van Utrecht", "Nieuwegein"),
        ("Dieren aan de IJssel", "Dieren"),
        ("de Hanzehogeschool in Groningen heb ik niet afgemaakt", None),
        ("ons bedrijf zit in Weert", None),
        ("mijn werkgever zit in Schiedam", None),
        ("Ik woon in Genk maar werk in Maastricht", None),
        ("ik werk in Utrecht en woon daar ook", "Utrecht"),
        ("is Utrecht duur om te wonen?", None),
        ("kun je in Leeuwarden ook een opleiding volgen?", None),
        ("ik ga zaterdag naar Amsterdam", None),
        ("Karin Hoogeveen is mijn consulent", None),
    ],
)
def test_the_place_is_where_the_person_lives(plain: Reader, text: str, place: str | None) -> None:
    assert {item for item in said(plain, text) if item[0] == "place"} == (
        {("place", place)} if place else set()
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nachten werk ik al jaren maar dat is niks meer voor mij", {("avoid", "nights")}),
        ("op een ladder? mij niet gezien", {("avoid", "heights")}),
        ("zwaar werk? nee bedankt", {("avoid", "heavy")}),
        ("ik heb hooikoorts dus buiten werken valt af", {("avoid", "outdoors")}),
        ("iets bouwen niet sjouwen", {("interest", "hands_on"), ("avoid", "heavy")}),
        ("eerst dacht ik buiten maar doe toch maar computers", {("interest", "computers")}),
        ("van die nachtdiensten wil ik vanaf", {("avoid", "nights")}),
        ("graag geen werk op een dak", {("avoid", "heights")}),
        ("daar kunnen we niet buiten", set()),
        ("jaren voor mijn vader gezorgd", set()),
        ("havo, computers vind ik leuk", {("interest", "computers")}),
        ("kou maakt me niks uit", set()),
        ("kou vind ik niet erg", set()),
        ("hoogtevrees? dat valt reuze mee", set()),
        ("ik maak me zorgen", set()),
        ("nachtdiensten is echt geen optie", {("avoid", "nights")}),
        (
            "avonddienst heb ik jaren in een hotel gedaan en dat nooit meer",
            {("avoid", "nights")},
        ),
        ("niets doe ik liever dan met hout bezig zijn", {("interest", "hands_on")}),
        ("ik mag hooguit 10 kilo dragen", {("avoid", "heavy")}),
        ("ik word gek achter een bureau", {("avoid", "screen")}),
        ("van beeldschermen krijg ik koppijn", {("avoid", "screen")}),
        ("ik ben een kantoormens", set()),
        ("ik ben geen kantoormens", {("avoid", "screen")}),
        ("ik ben meer een doener dan een denker", {("interest", "hands_on")}),
        ("hoogtes doen me niks", set()),
        ("ik werk al jaren met machines", set()),
        ("wat met computers", {("interest", "computers")}),
        ("ik heb een diploma, iets met techniek", set()),
        ("havo, timmeren", set()),
        ("in Almere, heb werk, mbo 3, machines", {("interest", "machines")}),
        ("in Almere, heb werk, mbo 3, met mijn handen", {("interest", "hands_on")}),
        (
            "ik vind het leuk om dingen in elkaar te zetten thuis ook kasten enzo",
            {("interest", "hands_on")},
        ),
        ("mensen helpen met hun laptop", {("interest", "helping")}),
        ("ben je goed met mensen?", set()),
        ("zorgen dat alles loopt, dat ligt mij", {("interest", "organising")}),
        (
            "sleutelen aan fietsen en brommers",
            {("interest", "hands_on"), ("interest", "machines")},
        ),
        ("hoog werken, dan ga ik dood van angst", {("avoid", "heights")}),
        ("op een ladder, dan sta ik te trillen", {("avoid", "heights")}),
        ("hoog werken, dan zie ik de stad", set()),
        ("maakt mij niet uit, als het maar overdag is", {("avoid", "nights")}),
        ("alles best zolang het binnen is", {("avoid", "outdoors")}),
        ("ik vindt leuk om te maken dingen van hout", {("interest", "hands_on")}),
        ("stoelen maken uit sloophout vind ik mooi", {("interest", "hands_on")}),
        ("mijn man maakt stoelen van hout", set()),
        (
            "ik was degene die de pinapparaten weer aan de praat kreeg",
            {("interest", "machines"), ("interest", "figuring_out")},
        ),
        ("ik ben een goede luisteraar", {("interest", "helping")}),
    ],
)
def test_a_dislike_is_told_from_a_like(
    plain: Reader, text: str, expected: set[tuple[str, str]]
) -> None:
    assert {item for item in said(plain, text) if item[0] in ("interest", "avoid")} == expected


@pytest.mark.parametrize(
    ("text", "school"),
    [
        ("heb n mbo3tje logistiek ofzo", "mbo3"),
        ("een mavootje", "vmbo"),
        ("ik ben op mijn 15e van school gegaan om te werken", "none"),
        ("op mijn zestiende van school af", "none"),
        ("van school om geld te verdienen", "none"),
        ("op mijn 16e van school met een diploma", None),
        ("vmbo gehaald en op mijn 16e van school gegaan", "vmbo"),
        ("mijn zoon is op zijn 15e van school gegaan", None),
        ("15 jaar geleden van school gegaan", None),
        ("ik heb alleen praktijkonderwijs gedaan", "none"),
        ("ik werk als docent op een praktijkschool", None),
    ],
)
def test_which_school_was_left_without_a_diploma(
    plain: Reader, text: str, school: str | None
) -> None:
    found = [item["value"] for item in plain(text) if item["entity"] == "education"]
    assert found == ([school] if school else [])
