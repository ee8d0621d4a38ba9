"""Secrets at rest: encrypted where the server's configuration has a key for them.

The key stands outside of the database, so a dump or a backup of it holds no secret that
could be used. Without a key secrets stand there as they are.

Fernet (https://cryptography.io/en/latest/fernet/), from the package that Odoo needs
already. Several keys may be given, with commas: the first encrypts, each decrypts.
"""

import os

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from odoo.tools import config

from ... import xero_api

OPTION = "xero_sync_secret_key"  # in odoo.conf
VARIABLE = OPTION.upper()  # in the server's environment, before odoo.conf
SEALED = "fernet:"  # what an encrypted secret begins with


def has_key():
    """Whether secrets are encrypted from now on."""
    return bool(_configured())


def seal(secret):
    """What is to be stored of a secret.

    :param secret: in plain text, or nothing
    :return: the same without a key
    :raise xero_api.WrongSetting: the configured key is none
    """
    if not secret or not has_key():
        return secret
    return SEALED + _keys().encrypt(secret.encode()).decode()


def unseal(stored):
    """The secret itself, whether it was stored with a key or before there was one.

    :param stored: see :func:`seal`
    :raise xero_api.WrongSetting: the key is missing, another one, or none
    """
    if has_key():
        keys = _keys()  # a mistyped one is told at once, not when it is needed first
    if not stored or not stored.startswith(SEALED):
        return stored
    if not has_key():
        raise _wrong("secret_key_missing")
    try:
        return keys.decrypt(stored.removeprefix(SEALED)).decode()
    except InvalidToken:
        raise _wrong("secret_key_other") from None


def readable(stored):
    """The secret itself, empty when it cannot be decrypted or there is none.

    :param stored: see :func:`seal`
    """
    try:
        return unseal(stored) or ""
    except xero_api.WrongSetting:
        return ""


def needs_sealing(stored):
    """Whether a readable secret is not stored as the first key would store it."""
    if not stored or not has_key():
        return False
    if not stored.startswith(SEALED):
        return True
    try:
        _fernets()[0].decrypt(stored.removeprefix(SEALED))
    except InvalidToken:
        return True
    return False


def _configured():
    """The keys as they were given, without blanks; empty where nothing was entered."""
    given = os.environ.get(VARIABLE, "").strip() or config.get(OPTION) or ""
    return [key.strip() for key in given.split(",") if key.strip()]


def _keys():
    return MultiFernet(_fernets())


def _fernets():
    """:raise xero_api.WrongSetting: one of them is no key"""
    try:
        return [Fernet(key) for key in _configured()]
    except ValueError:
        raise _wrong("secret_key_invalid") from None


def _wrong(setting):
    # Never with the key
    return xero_api.WrongSetting(f"{OPTION}: {setting}", setting=setting)
