"""Names of occupations beside those of the catalogue, such as ESCO's; the process gives them.

They come from the database, of which language understanding knows nothing. So who starts the process
reads them once and puts them here, where every linker of the process looks.
"""

from collections.abc import Mapping

from nlu.occupation_names import Names, collected

_given: list[Names] = [Names({})]


def use(names: Mapping[str, tuple[str, ...]]) -> None:
    """Make these the names, folded name -> ids of origins, from now on."""
    _given[0] = collected({name: list(ids) for name, ids in names.items()})


def more_names() -> Names:
    """Give the names that are in use."""
    return _given[0]
