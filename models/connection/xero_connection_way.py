from odoo import models


class XeroConnection(models.Model):
    """What keeps this server's calls from Xero, in words for its administrator."""

    _inherit = "xero.connection"

    def _explain_setting(self, error):
        """A setting of the server that lets nothing out, and what to do about it.

        Never with its value: a proxy's address may hold a password.

        :param error: ``xero_api.WrongSetting``
        """
        if error.setting.startswith("secret_key"):
            return self._explain_secret_key(error)
        if error.setting == "proxy_password":
            return self.env._(
                "The proxy of Odoo's server refuses its user or password. Correct"
                " HTTPS_PROXY on the server, restart Odoo and reconnect."
            )
        if error.setting == "socks":
            return self.env._(
                "Odoo's server is set to a SOCKS proxy, which needs the Python package"
                " PySocks. Install it, restart Odoo and reconnect."
            )
        if error.setting == "certificates":
            return self.env._(
                "The certificates named by REQUESTS_CA_BUNDLE or CURL_CA_BUNDLE on"
                " Odoo's server are missing or cannot be read. Correct that setting,"
                " restart Odoo and reconnect."
            )
        return self.env._(
            "The proxy address in HTTPS_PROXY on Odoo's server is not valid. Write it"
            " as http://user:password@host:port, restart Odoo and reconnect."
        )

    def _explain_secret_key(self, error):
        """:param error: ``xero_api.WrongSetting`` of the key for secrets"""
        if error.setting == "secret_key_invalid":
            return self.env._(
                "xero_sync_secret_key in the configuration of Odoo's server is not a"
                " Fernet key. Correct it, restart Odoo and reconnect."
            )
        if error.setting == "secret_key_missing":
            return self.env._(
                "Xero's secrets are encrypted, and the configuration of Odoo's server"
                " has no xero_sync_secret_key to read them. Put the key back, restart"
                " Odoo and reconnect. If it is lost, enter the client secret again and"
                " reconnect."
            )
        return self.env._(
            "Xero's secrets are encrypted with another key than xero_sync_secret_key in"
            " the configuration of Odoo's server. Put that key there, after the new one"
            " and a comma, restart Odoo and reconnect. If it is lost, enter the client"
            " secret again and reconnect."
        )

    def _explain_unreachable(self, error):
        """Why a call failed that may work later.

        :param error: ``xero_api.XeroError``
        """
        obstacle = getattr(error, "obstacle", "")
        if obstacle == "proxy":
            return self.env._(
                "The proxy of Odoo's server did not let the call to Xero through;"
                " Odoo tries again automatically."
            )
        if obstacle == "certificate":
            return self.env._(
                "Xero's certificate is not one that Odoo's server trusts; Odoo tries"
                " again automatically. If a proxy opens encrypted connections, name"
                " its certificate in REQUESTS_CA_BUNDLE on the server."
            )
        return self.env._("Xero could not be reached; Odoo tries again automatically.")
