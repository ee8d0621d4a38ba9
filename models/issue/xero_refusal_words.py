"""What Xero's refusals mean in plain words, and what a person does about them."""


def words_of(env, code):
    """What happened, and what to do about it, in the user's language.

    :param code: of a known ``xero_refusals.Refusal``
    :return: (clause that follows “Xero refused …:”, sentence)
    """
    for words in (
        _words_of_contacts,
        _words_of_documents,
        _words_of_changes,
        _words_of_accounts,
        _words_of_lines,
        _words_of_settings,
    ):
        found = words(env).get(code)
        if found:
            return found
    raise KeyError(code)


def _words_of_contacts(env):
    return {
        "contact_name_taken": (
            env._("another contact in Xero has this name."),
            env._(
                "Link the customer to the Xero contact of that name, or give the"
                " customer another name."
            ),
        ),
        "contact_number_taken": (
            env._("another contact in Xero has this number."),
            env._("Link the customer to the Xero contact that has this number."),
        ),
        "contact_unidentified": (
            env._("the contact has no name."),
            env._("Give the customer or vendor a name, then try again."),
        ),
        "contact_closed": (
            env._("its contact is archived in Xero."),
            env._(
                "Restore the contact in Xero and refresh, or link the customer to"
                " another one."
            ),
        ),
        "contact_archived": (
            env._("its contact is archived in Xero."),
            env._(
                "Restore the contact in Xero and refresh, or link the customer to"
                " another one."
            ),
        ),
        "contact_unknown": (
            env._("Xero does not have the contact any more."),
            env._("Link the customer to a contact that Xero has."),
        ),
        "people_without_email": (
            env._("it has people, but no e-mail address of its own."),
            env._("Enter an e-mail address for the company, then try again."),
        ),
        "contact_missing": (
            env._("it has no contact."),
            env._("Choose the customer or vendor, then try again."),
        ),
        "contact_website": (
            env._("the website of its contact is not one Xero takes."),
            env._(
                "Odoo sends no websites: this one was typed in Xero. Correct it on the"
                " contact there, then try again."
            ),
        ),
        "email": (
            env._("the e-mail address is not valid."),
            env._("Correct the e-mail address, then try again."),
        ),
    }


def _words_of_documents(env):
    return {
        "number_taken": (
            env._("another document in Xero has this number."),
            env._(
                "Change the number here or there and try again, or link this one to it."
            ),
        ),
        "due_date_missing": (
            env._("it has no due date."),
            env._("Enter the due date or the payment terms, then try again."),
        ),
        "date_missing": (
            env._("it has no date."),
            env._("Enter the date, then try again."),
        ),
        "lines_missing": (
            env._("it has no lines."),
            env._("Add a line, then try again."),
        ),
        "amount_outstanding": (
            env._("it takes off more than is left to pay in Xero."),
            env._(
                "The invoice was paid or credited in Xero. Compare the two, take back"
                " what is too much, then try again."
            ),
        ),
        "key_reused": (
            env._("Xero took it for a repeat of another request."),
            env._("Try again: it is sent as a new request."),
        ),
    }


def _words_of_changes(env):
    return {
        "wrong_status": (
            env._("its status in Xero allows no change."),
            env._(
                "The document was changed in Xero. Look at it there; Odoo has not"
                " changed it. Undo the change in Xero and try again."
            ),
        ),
        "status_step": (
            env._(
                "Xero does not allow the change from its status there to the new one."
            ),
            env._("Look at it in Xero, correct its status there, then try again."),
        ),
        "order_deleted": (
            env._("the purchase order was deleted in Xero."),
            env._("Send it as a new one, or cancel it here."),
        ),
        "sent_flag": (
            env._("only what is approved in Xero can be marked as sent."),
            env._("Approve it in Xero, then try again."),
        ),
        "has_payment": (
            env._("it has a payment or a credit note in Xero."),
            env._("Remove the payment in Xero, or leave the document as it is."),
        ),
        "void_has_payment": (
            env._("it cannot be voided: it has a payment or a credit note in Xero."),
            env._("Remove the payment in Xero, or leave the document as it is."),
        ),
        "credit_note_unknown": (
            env._("Xero does not have the credit note any more."),
            env._("Send the document as a new one, or skip it."),
        ),
        "document_unknown": (
            env._("Xero does not have the document any more."),
            env._("Send the document as a new one, or skip it."),
        ),
    }


def _words_of_accounts(env):
    choose_account = env._(
        "Map the Odoo account to an active Xero account, then try again."
    )
    return {
        "account_unfit": (
            env._("Xero does not take its account for such a document."),
            choose_account,
        ),
        "account_archived": (
            env._("the account was archived or deleted in Xero."),
            choose_account,
        ),
        "account_missing": (env._("a line has no account."), choose_account),
        "account_invalid": (
            env._("Xero says that an account is not valid."),
            env._(
                "Map the Odoo account to an active Xero account. If it is one, look"
                " for a price or quantity with very many digits. Then try again."
            ),
        ),
        "tax_account": (
            env._("the tax rate does not fit the account in Xero."),
            env._("Map the tax to a Xero rate that fits this account, then try again."),
        ),
        "tax_missing": (
            env._("a line has no tax rate."),
            env._("Map the tax, or choose the rate for lines without tax."),
        ),
        "tax_invalid": (
            env._("Xero says that a tax rate is not valid."),
            env._(
                "Map the tax to an active Xero rate. If it is one, look for a price or"
                " quantity with very many digits. Then try again."
            ),
        ),
    }


def _words_of_lines(env):
    return {
        "line_total": (
            env._("Xero calculates a different total for a line."),
            env._("Look for a price or discount with many decimals, and round it."),
        ),
        "description_missing": (
            env._("a line has no text."),
            env._("Give each line a description, then try again."),
        ),
        "document_total": (
            env._("Xero calculates a different total for the document."),
            env._(
                "Look for prices, discounts or taxes with many decimals and round"
                " them, then try again."
            ),
        ),
        "discount_on_bill": (
            env._("Xero takes no discounts on such a document."),
            env._(
                "Put the discount into the price of the line, then try again; or enter"
                " the document in Xero and skip it here."
            ),
        ),
        "discount": (
            env._("the discount of a line is larger than the line."),
            env._("Correct the discount, then try again."),
        ),
        "item_code_taken": (
            env._("another item in Xero has this code."),
            env._("Link the product to the Xero item that has this code."),
        ),
        "item_unknown": (
            env._("Xero does not have the item any more."),
            env._("Link the product to an item that still exists in Xero."),
        ),
    }


def _words_of_settings(env):
    return {
        "lock_year": (
            env._("its date is before Xero's end of year lock date."),
            env._(
                "Open the year in Xero and try again, move the date, or hold the"
                " document until it opens."
            ),
        ),
        "lock_period": (
            env._("its date is in a period that is locked in Xero."),
            env._(
                "Open the period in Xero and try again, move the date, or hold the"
                " document until it opens."
            ),
        ),
        "currency": (
            env._("the Xero organisation does not use this currency."),
            env._("Add the currency in Xero's settings, then try again."),
        ),
        "approve_limit": (
            env._("the Xero plan allows no more approved invoices this month."),
            env._("Change the plan in Xero, or wait for next month; then try again."),
        ),
        "url": (
            env._("the web address of this Odoo is not one Xero takes."),
            env._(
                "Correct Odoo's own address (system parameter “web.base.url”), then"
                " try again."
            ),
        ),
    }
