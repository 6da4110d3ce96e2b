"""One comment's scene: whose child, how old, where and when; and so what goes into the places of a piece."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random

from survey.demo import personal
from survey.demo.personal import Detail, marked
from survey.demo.phrases import Piece, Place, book, spoken

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
ORDINALS = ("third", "fourth", "fifth", "4th", "5th", "sixth", "seventh")
MALE = {"he": "he", "him": "him", "his": "his", "himself": "himself", "son": "son", "boy": "boy"}
FEMALE = {"he": "she", "him": "her", "his": "her", "himself": "herself", "son": "daughter", "boy": "girl"}
SONS = ("my son", "my son", "our son", "my lad", "our lad", "my boy", "my youngest", "my eldest", "my little boy")
DAUGHTERS = ("my daughter", "my daughter", "our daughter", "my girl", "our girl", "my youngest", "my eldest")


@dataclass(slots=True)
class Scene:
    """What stays the same throughout a comment, and a source of chance for what does not."""

    random: Random
    age: int
    girl: bool
    district: str  # its name
    districts: tuple[str, ...]  # the names of all
    year: int  # when it is written
    called: tuple[Piece, ...] = ()  # what the service spoken of is called
    chosen: dict[str, str] = field(default_factory=dict)  # what has been settled for this comment

    def say(self, piece: Piece) -> str:
        """A piece, spoken in this scene."""
        return spoken(piece.phrase, self.random, self.fill)

    def fill(self, place: Place) -> str:
        """What goes into a place. Raises KeyError for a place that nobody knows."""
        if place.high:
            return MEASURES[place.name](self, self.random.randint(place.low, place.high))
        if (settled := self.chosen.get(place.name)) is not None:
            return settled
        if (pronoun := (FEMALE if self.girl else MALE).get(place.name)) is not None:
            return pronoun
        if place.name in SETTLED:
            return self.chosen.setdefault(place.name, SETTLED[place.name](self))
        if place.name in FRESH:
            return FRESH[place.name](self)
        return self.chosen.setdefault(place.name, self.say(self.random.choice(book("terms")[place.name])))

    def number(self, count: int) -> str:
        """A count in figures or, if it is small, perhaps in words: the same way throughout."""
        in_words = self.chosen.setdefault("numbers in words", "yes" if self.random.random() < 0.5 else "")
        return NUMBERS[count] if in_words and 0 < count < len(NUMBERS) else str(count)


def _months(scene: Scene, count: int) -> str:
    if count % 12 == 0:
        return _years(scene, count // 12)
    if count > 13 and scene.random.random() < 0.3:
        return f"{'over' if count % 12 < 6 else 'nearly'} {_years(scene, count // 12 + (count % 12 >= 6))}"
    return f"{scene.number(count)} {scene.random.choice(('months', 'months', 'months', 'mths'))}"


def _years(scene: Scene, count: int) -> str:
    return f"{scene.number(count)} year{'s' * (count > 1)}"


def _weeks(scene: Scene, count: int) -> str:
    return f"{scene.number(count)} weeks"


def _hours(scene: Scene, count: int) -> str:
    return f"{scene.number(count)} hour{'s' * (count > 1)}"


def _minutes(scene: Scene, count: int) -> str:
    return f"{count // 5 * 5} {scene.random.choice(('minutes', 'minutes', 'mins'))}"


def _pounds(scene: Scene, count: int) -> str:
    step = 50 if count > 500 else 5 if count > 50 else 1
    rounded = count // step * step
    return scene.random.choice((f"£{rounded:,}", f"£{rounded}", f"{rounded} pounds"))


def _year_group(age: int) -> str:
    if age < 4:
        return "nursery"
    if age == 4:
        return "reception"
    return f"Year {age - 4}" if age < 16 else "college"


def _when(scene: Scene) -> str:
    month = scene.random.choice(MONTHS)
    year = scene.year - scene.random.randint(1, 3)
    return scene.random.choice(
        (
            f"in {month}", f"last {month}", f"in {month} {year}", f"back in {year}", "before Christmas", "last spring",
            f"in {_year_group(max(scene.age - 2, 3))}", "two summers ago", "last summer", "just after Easter",
        )
    )  # fmt: skip


def _child(scene: Scene) -> str:
    return scene.random.choice(DAUGHTERS if scene.girl else SONS)


def _birth_date(scene: Scene) -> str:
    day, month = scene.random.randint(1, 28), scene.random.randint(1, 12)
    year = scene.year - scene.age
    return scene.random.choice((f"{day:02d}/{month:02d}/{year}", f"{day} {MONTHS[month - 1]} {year}"))


def _address(scene: Scene) -> str:
    return marked(Detail.ADDRESS, f"{scene.random.randint(2, 140)} {personal.name(scene.random, 'streets')}")


Measure = Callable[[Scene, int], str]
Settle = Callable[[Scene], str]

MEASURES: Mapping[str, Measure] = {
    "n": lambda scene, count: scene.number(count), "months": _months, "years": _years, "weeks": _weeks,
    "hours": _hours, "minutes": _minutes, "pounds": _pounds,
}  # fmt: skip

# Settled at first mention: the same afterwards.
SETTLED: Mapping[str, Settle] = {
    "child": _child,
    "the_child": lambda scene: scene.random.choice(("the eldest", "the youngest", "my middle one", "the little one")),
    "age": lambda scene: scene.number(scene.age),
    "age_then": lambda scene: scene.number(max(2, scene.age - scene.random.randint(2, 4))),
    "age_next": lambda scene: scene.number(scene.age + 1),
    "age_adult": lambda scene: str(max(17, scene.age)),
    "year_group": lambda scene: _year_group(scene.age),
    "year_group_next": lambda scene: _year_group(scene.age + 1),
    "year_group_past": lambda scene: _year_group(max(scene.age - 3, 3)),
    "year_group_late": lambda scene: scene.random.choice(("Year 9", "Year 10", "Year 11")),
    "district": lambda scene: scene.district,
    "nearby": lambda scene: scene.random.choice([name for name in scene.districts if name != scene.district]),
    "forename": lambda scene: marked(Detail.NAME, personal.name(scene.random, "forenames")),
    "surname": lambda scene: marked(Detail.NAME, personal.name(scene.random, "surnames")),
    "school": lambda scene: marked(Detail.SCHOOL, personal.name(scene.random, "schools")),
    "staff": lambda scene: marked(Detail.NAME, personal.staff(scene.random)),
}

# Different at every mention.
FRESH: Mapping[str, Settle] = {
    "it": lambda scene: scene.say(scene.random.choice(scene.called)) if scene.called else "it",
    "month": lambda scene: scene.random.choice(MONTHS),
    "month_late": lambda scene: scene.random.choice(("July", "the end of August", "June", "mid August")),
    "weekday": lambda scene: scene.random.choice(WEEKDAYS),
    "year": lambda scene: str(scene.year - scene.random.randint(1, 3)),
    "year_past": lambda scene: str(scene.year - scene.random.randint(3, 8)),
    "when": _when,
    "ordinal": lambda scene: scene.random.choice(ORDINALS),
    "phone": lambda scene: marked(Detail.PHONE, personal.phone(scene.random)),
    "email": lambda scene: marked(Detail.EMAIL, personal.email(scene.random)),
    "nhs": lambda scene: marked(Detail.NHS_NUMBER, personal.nhs_number(scene.random)),
    "decoy": lambda scene: personal.nhs_number(scene.random, valid=False),
    "postcode": lambda scene: marked(Detail.POSTCODE, personal.postcode(scene.random)),
    "dob": lambda scene: marked(Detail.BIRTH_DATE, _birth_date(scene)),
    "case": lambda scene: marked(Detail.CASE_NUMBER, f"EHC/{scene.random.randint(10000, 99999)}"),
    "upn": lambda scene: marked(Detail.CASE_NUMBER, f"A888{scene.random.randint(10**8, 10**9 - 1)}"),
    "address": _address,
    "mrs": lambda scene: marked(Detail.NAME, f"Mrs {scene.random.choice('ABCDHKLMPRSTW')}"),
}
