"""Names behind which nothing stands that remembers: what a test did with them, the next one
cannot notice. Each list holds what is known; a name that is missing is a name to be careful with.
"""

from __future__ import annotations

import builtins
import collections
import datetime
import decimal
import fractions
import itertools
import math
import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _public(*objects: object) -> frozenset[str]:
    return frozenset(name for one in objects for name in dir(one) if not name.startswith("_"))


def _exceptions() -> Iterable[str]:
    """Those that end a test and not the session."""
    for name, value in vars(builtins).items():
        if isinstance(value, type) and issubclass(value, Exception):
            yield name


# Functions and types that need no import.
BUILTINS: Final = _words("""
    Ellipsis NotImplemented abs all any ascii bin bool bytearray bytes callable chr complex dict
    divmod enumerate filter float format frozenset hasattr hash hex int isinstance issubclass iter
    len list map max min next object oct ord pow range repr reversed round set slice sorted str sum
    tuple zip
""") | frozenset(_exceptions())

# What may be imported, by module.
MODULES: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "__future__": _words("annotations"),
        "collections": _words("ChainMap Counter OrderedDict defaultdict deque namedtuple"),
        "dataclasses": _words("FrozenInstanceError asdict astuple is_dataclass replace"),
        "datetime": _words("MAXYEAR MINYEAR UTC date datetime time timedelta timezone"),
        "decimal": _words("""
            Clamped Decimal DecimalException DivisionByZero FloatOperation Inexact InvalidOperation
            Overflow ROUND_05UP ROUND_CEILING ROUND_DOWN ROUND_FLOOR ROUND_HALF_DOWN ROUND_HALF_EVEN
            ROUND_HALF_UP ROUND_UP Rounded Subnormal Underflow
        """),
        "enum": _words("Enum Flag IntEnum IntFlag StrEnum"),
        "fractions": _words("Fraction"),
        "itertools": _public(itertools),
        "math": _public(math),
        "operator": _words("""
            abs add and_ concat contains countOf eq floordiv ge gt index indexOf inv invert is_
            is_not itemgetter le length_hint lshift lt matmul mod mul ne neg not_ or_ pos pow rshift
            sub truediv truth xor
        """),
        "pytest": _words("approx fail raises"),
        "re": _words("""
            A ASCII DOTALL I IGNORECASE M MULTILINE Match Pattern S U UNICODE VERBOSE X compile
            error escape findall finditer fullmatch match search split sub subn
        """),
        "statistics": _words("""
            StatisticsError fmean geometric_mean harmonic_mean mean median median_grouped
            median_high median_low mode multimode pstdev pvariance quantiles stdev variance
        """),
        "string": _words("""
            ascii_letters ascii_lowercase ascii_uppercase capwords digits hexdigits octdigits
            printable punctuation whitespace
        """),
        "typing": _words("""
            AbstractSet Any Callable Collection Container ContextManager DefaultDict Deque Dict
            Final FrozenSet Generator Hashable Iterable Iterator List Literal Mapping MutableMapping
            MutableSequence MutableSet NoReturn Optional Sequence Set Sized TYPE_CHECKING Tuple Type
            Union cast
        """),
        "uuid": _words("NAMESPACE_DNS NAMESPACE_OID NAMESPACE_URL NAMESPACE_X500 UUID uuid3 uuid5"),
    }
)

# Types whose objects nobody can change.
IMMUTABLE: Final = _words("""
    Decimal Fraction UUID bool bytes complex date datetime float frozenset int range str time
    timedelta timezone tuple
""")

# Types whose objects are as they were after they have been read, iterated and compared.
READ_SAFELY: Final = IMMUTABLE | _words("Counter OrderedDict bytearray deque dict list set")

# Attributes that change the object that they belong to.
CHANGING: Final = _words("""
    add add_note append appendleft clear difference_update discard extend extendleft insert
    intersection_update move_to_end pop popitem popleft remove reverse rotate setdefault sort
    subtract symmetric_difference_update update with_traceback
""")

# Attributes that lead to nothing that others share: no frame, no registry, no module.
ATTRIBUTES: Final = _words("""
    bytes errisinstance exceptions exconly group_contains int name type typename urn value variant
    version
""") | _public(
    bool,
    bytearray,
    bytes,
    complex,
    dict,
    float,
    frozenset,
    list,
    range,
    set,
    str,
    tuple,
    collections.Counter,
    collections.OrderedDict,
    collections.defaultdict,
    collections.deque,
    datetime.datetime,
    datetime.time,
    datetime.timedelta,
    decimal.Decimal,
    fractions.Fraction,
    re.Match,
    re.Pattern,
    Exception,
)
