from odoo import models

from ... import mappers

# Odoo's group of accounts → Xero's class of them
CLASSES = {
    "income": "REVENUE",
    "expense": "EXPENSE",
    "asset": "ASSET",
    "liability": "LIABILITY",
    "equity": "EQUITY",
}
# What a tax is called, and what Xero's rates call its use
TAX_TEXTS = ("name", "description", "invoice_label")
USE_WORDS = {"sale": ("sale", "income"), "purchase": ("purchase", "expense")}


class XeroConnection(models.Model):
    """What an accountant would most likely choose; where in doubt, nothing."""

    _inherit = "xero.connection"

    def _propose_defaults(self):
        """Fill what is empty where Xero's chart leaves no doubt."""
        if not self.default_sale_account_id:
            self.default_sale_account_id = self._account_named(
                "sales", ("SALES", "REVENUE")
            )
        if not self.default_purchase_account_id:
            self.default_purchase_account_id = self._account_named(
                "purchases", ("DIRECTCOSTS", "EXPENSE")
            ) or self._account_named("cost of goods sold", ("DIRECTCOSTS",))

    def _account_named(self, name, types):
        """The only account of some types that bears a name, in any case, if any."""
        return _only(
            self._accounts_for_documents().filtered(
                lambda account: (
                    account.account_type in types and account.name.lower() == name
                )
            )
        )

    def _accounts_for_documents(self):
        return self.env["xero.account"].search(
            [("connection_id", "=", self.id), ("for_documents", "=", True)]
        )

    # === TAXES === #

    def _propose_tax_rates(self, taxes_by_record):
        """The Xero rates an accountant would most likely choose.

        By use (sales or purchases) and rate; among several, the one whose name shares
        most words with the taxes' texts; then the one that names the use; then the one
        the default account usually has.

        :param taxes_by_record: dict of record → the ``account.tax`` it stands for
        :return: dict of record → ``xero.tax.rate``, without those in doubt
        """
        rates = self.env["xero.tax.rate"].search([("connection_id", "in", self.ids)])
        proposals = {
            record: self._propose_tax_rate(taxes, rates)
            for record, taxes in taxes_by_record.items()
        }
        return {record: rate for record, rate in proposals.items() if rate}

    def _propose_tax_rate(self, taxes, rates):
        """The rate of Xero that these taxes are, as far as rate, use and names tell.

        :param taxes: ``account.tax`` of one line
        :param rates: ``xero.tax.rate`` to choose from
        :return: one of them, or none when that is not sure
        """
        percent, use = mappers.effective_percent(taxes), taxes[:1].type_tax_use
        if percent is None or use == "none":
            return rates.browse()
        usable = rates.filtered("for_sales" if use == "sale" else "for_purchases")
        same = usable.filtered(
            lambda rate: mappers.decimal_of(rate.effective_rate) == percent
        )
        texts = [tax[name] or "" for tax in taxes for name in TAX_TEXTS]
        words, use_words = _words(*texts), _words(*USE_WORDS[use])
        names = {rate: _words(rate.name) for rate in same}
        likeness = {
            rate: (len(names[rate] & words), len(names[rate] & use_words))
            for rate in same
        }
        best = same.filtered(lambda rate: likeness[rate] == max(likeness.values()))
        if len(best) > 1:
            usual = self[mappers.DEFAULTS[use][0]].tax_type
            best = best.filtered(lambda rate: rate.tax_type == usual)
        return _only(best)

    # === ACCOUNTS === #

    def _propose_accounts(self, accounts):
        """The Xero accounts an accountant would most likely choose.

        Of the same class (income, expense …): the one of the same code; else the only
        one of the same name; else the only one whose name is within Odoo's, or Odoo's
        within it, word by word ("Telephone" and "Telephone & Internet").

        :param accounts: ``account.account``
        :return: dict of account → ``xero.account``, without those in doubt
        """
        choices = self._accounts_for_documents()
        proposals = {
            account: _propose_account(account, choices) for account in accounts
        }
        return {account: found for account, found in proposals.items() if found}


def _propose_account(account, choices):
    xero_class = CLASSES.get(account.internal_group)
    same_class = choices.filtered(lambda choice: choice.account_class == xero_class)
    words = _words(account.name)
    rules = (
        lambda choice: choice.code == account.code,
        lambda choice: _words(choice.name) == words,
        lambda choice: _one_within_other(words, _words(choice.name)),
    )
    for rule in rules:
        found = same_class.filtered(rule)
        if found:
            return _only(found)
    return choices.browse()


def _only(records):
    """The record, when there is no other to choose."""
    return records if len(records) == 1 else records.browse()


def _one_within_other(words, others):
    return bool(words and others) and (words < others or others < words)


def _words(*texts):
    """The words of texts, in whatever case, order and number; signs do not count."""
    letters = "".join(c if c.isalnum() else " " for c in " ".join(texts).lower())
    return {word.removesuffix("s") for word in letters.split()}
