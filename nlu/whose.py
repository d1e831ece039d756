"""About whom a clause speaks, and whose words it gives: the person's, another's, or the bot's."""

from collections.abc import Collection, Mapping

from nlu.tokens import has_phrase

type Cues = Mapping[str, Collection[str]]


def is_mine(words: list[str], before: bool, cues: Cues) -> bool:
    """'mijn broer is loodgieter' speaks of another until 'ik' comes; 'ik help mijn broer' does not."""
    # 'kan mijn broer zich ook aanmelden' asks for another
    led = words[0] in cues["joints"] or words[0] in cues["asks_for"]
    head = words[1:4] if led else words[:3]
    possessive = head[:1] != [] and head[0] in cues["possessives"]
    if _is_on_behalf(words, cues) or has_phrase(words, cues["adverts"]):
        return False
    if head[1:] and head[0] in cues["supposes"] and head[1] in cues["addressed"]:
        # 'als je 2000 bruto hebt', but 'als je dicht zat belde je mij'
        return not set(cues["me"]).isdisjoint(words)
    if possessive and not set(cues["relatives"]).isdisjoint(head[1:]):
        return False
    if (
        head[1:]
        and head[0] in cues["relatives"]
        and not set(cues["third_here"]).isdisjoint(head[1:])
    ):
        return False  # 'dochter zit op het gymnasium'
    if _names_another(head, cues) and set(cues["self"]).isdisjoint(words):
        return False
    if head[:1] and head[0] in cues["others"]:
        return not set(cues["me"]).isdisjoint(words)
    if possessive and head[0] in cues["me"]:
        return True  # 'ze zeggen dat mijn functie vervalt'
    # 'mijn man is kok, heb zelf mbo 4': the verb says who
    first = head[:1] != [] and head[0] in cues["first_verbs"]
    return before or first or not set(cues["self"]).isdisjoint(words)


def is_said_for(words: list[str], before: list[str], mine: bool, cues: Cues) -> bool:
    """'mijn vrouw wil | dat ik buiten werk', 'jij denkt | dat ik in de ww zit': not the person's words.

    `before`: the words of the clause before, `mine`: whether that one is about the person.
    """
    if words[0] not in cues["urging"] or words[1:2] == [] or words[1] not in cues["self"]:
        return False
    if has_phrase(before, cues["claims"]):
        return True
    # 'de gemeente wil dat ik', but 'wil graag dat ik' is the person
    another = not mine or set(cues["self"]).isdisjoint(before)
    return another and before[0] not in cues["wants"] and not set(cues["wants"]).isdisjoint(before)


def is_alike(words: list[str], cues: Cues) -> bool:
    """'mijn vrouw wil buiten werken | en ik ook', 'hij verdient 3000 | en dat wil ik ook'."""
    if not {"ik", "ook"}.issubset(words) or words[-1] in cues["name_denied"]:
        return False
    own = words[1:] if words[0] in cues["joints"] else words
    return set(own) <= set(cues["alike"]) or own[0] in cues["pointing_back"]


def _is_on_behalf(words: list[str], cues: Cues) -> bool:
    """'voor mijn nichtje zoek ik iets', 'het gaat om mijn broer': asked for another."""
    for place, word in enumerate(words[:-2]):
        if word in cues["on_behalf"] and words[place + 1] in cues["possessives"]:
            asked = not set(cues["asks_behalf"]).isdisjoint(words)
            if words[place + 2] in cues["relatives"] and asked:
                return True
    return False


def _names_another(head: list[str], cues: Cues) -> bool:
    """'moeder van mij werkt in de zorg', 'een vriendin van me is kok'."""
    if len(head) < 2:  # noqa: PLR2004
        return False
    of_me = head[1] == "van" and head[2:] != [] and head[2] in cues["me"]
    return (head[0] in cues["relatives"] and of_me) or (
        head[0] in cues["some"] and head[1] in cues["relatives"]
    )
