"""Which words of a message the person mends: 'ik zei bijstand maar het is ww'."""

from nlu.sentence import Sentence


def mended(said: Sentence) -> frozenset[int]:
    """Give the tokens from 'ik zei' or 'ik dacht' to the 'maar', 'nee' or 'sorry' after it."""
    words, cues = said.words, said.cues
    turns = cues["mended"] | {"maar"}
    found: set[int] = set()
    for place, word in enumerate(words):
        # 'ik dacht aan iets met mensen, maar dan buiten' is still meant
        if word not in cues["corrected"] or words[place + 1 : place + 2] == ["aan"]:
            continue
        last = said.bounds[place][1]
        end = said.bounds[last + 1][1] if last + 1 < len(words) else last
        turn = next((one for one in range(place, end + 1) if words[one] in turns), None)
        # behind a stop the turn opens what follows
        if turn is not None and (turn <= last or turn == last + 1):
            found.update(range(place, turn))
    return frozenset(found)
