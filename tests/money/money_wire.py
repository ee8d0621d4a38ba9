"""How many decimals Xero keeps of each number of a document."""

import json

# https://developer.xero.com/documentation/api/accounting/invoices, with ``unitdp=4``
DECIMALS = {
    "Amount": 2,
    "CurrencyRate": 6,
    "DiscountRate": 2,
    "Quantity": 4,
    "TaxAmount": 2,
    "UnitAmount": 4,
}


def with_too_many_decimals(body):
    """Numbers of a request's body that Xero would not keep as they are.

    :param body: text, as it arrived
    :return: list of (name, digits); of a number that is not known here none is right
    """
    found = []

    def look(members):
        for name, value in members:
            if isinstance(value, _Digits):
                _whole, _point, decimals = value.partition(".")
                if len(decimals) > DECIMALS.get(name, -1):
                    found.append((name, str(value)))
        return dict(members)

    json.loads(body, parse_float=_Digits, parse_int=_Digits, object_pairs_hook=look)
    return found


class _Digits(str):
    """A number as it is written."""
