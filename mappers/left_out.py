"""What of an Odoo contact does not get to Xero, because Xero has no place for it."""

from .contact import CONTACT_PERSONS
from .texts import plain_email


def left_out(partner) -> list[str]:
    """E-mail addresses and persons that are left out, in words.

    :param partner: ``res.partner`` that is a contact in Xero
    """
    env = partner.env
    persons = partner.child_ids.filtered(
        lambda child: child.type == "contact" and not child.is_company and child.email
    )
    refused = [
        each.email
        for each in (partner, *persons)
        if each.email and not plain_email(each.email_normalized or "")
    ]
    fitting = persons.filtered(lambda child: child.email not in refused)
    sentences = []
    if refused:
        sentences.append(
            env._(
                "Not sent to Xero: %(emails)s. Xero takes one e-mail address per"
                " person, without accented letters.",
                emails=", ".join(refused),
            )
        )
    if len(fitting) > CONTACT_PERSONS:
        sentences.append(
            env._(
                "Xero keeps %(most)s people for a contact; %(count)s were left out.",
                most=CONTACT_PERSONS,
                count=len(fitting) - CONTACT_PERSONS,
            )
        )
    return sentences
