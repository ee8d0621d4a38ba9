"""Consent, tokens, connections."""

import base64
import hashlib
import re
import urllib.parse

import pytest

from .client import AU, UK, Answer, Xero

WEB = "LOCAL-WEB-APP:local-web-secret"
CUSTOM = "LOCAL-CUSTOM-CONNECTION:local-custom-secret"
REDIRECT = "http://localhost:8069/xero_sync/oauth/callback"
SCOPE = "openid offline_access accounting.contacts accounting.invoices"


def authorize(visitor: Xero, **values: str) -> Answer:
    params = {
        "response_type": "code",
        "client_id": "LOCAL-WEB-APP",
        "redirect_uri": REDIRECT,
        "scope": SCOPE,
        "state": "st&te=1",
        **values,
    }
    query = urllib.parse.urlencode(params)
    return visitor.request("GET", f"/identity/connect/authorize?{query}")


def decide(visitor: Xero, page: Answer, decision: str, *tenants: str) -> dict:
    """Answer the consent page; return what the redirect carries."""
    match = re.search(r'name="request" value="([^"]+)"', page.text)
    assert match, page.text
    fields = [("request", match[1]), ("decision", decision)]
    fields += [("tenant", each) for each in tenants]
    answer = visitor.request(
        "POST",
        "/identity/connect/authorize",
        urllib.parse.urlencode(fields).encode(),
        {"Content-Type": "application/x-www-form-urlencoded"},
    )
    assert answer.status == 302, answer.text
    address, _, query = answer.headers["Location"].partition("?")
    assert address == REDIRECT
    return dict(urllib.parse.parse_qsl(query))


def exchange(visitor: Xero, code: str, **values: str) -> Answer:
    form = {"grant_type": "authorization_code", "redirect_uri": REDIRECT, **values}
    return visitor.form("/connect/token", WEB, code=code, **form)


def refresh(visitor: Xero, token: str) -> Answer:
    return visitor.form(
        "/connect/token", WEB, grant_type="refresh_token", refresh_token=token
    )


def test_consent_then_code_gives_a_token_set_and_connections(visitor):
    answer = decide(visitor, authorize(visitor), "allow", AU, UK)
    tokens = exchange(visitor, answer["code"]).json
    visitor.token = tokens["access_token"]
    assert tokens["expires_in"] == 1800
    assert {"id_token", "refresh_token", "scope"} <= set(tokens)
    headers = {"Authorization": f"Bearer {visitor.token}"}
    connections = visitor.request("GET", "/connections", headers=headers).json
    assert [each["tenantName"] for each in connections] == [
        "Demo Company (AU)",
        "Demo Company (UK)",
    ]
    assert connections[0]["tenantType"] == "ORGANISATION"


def test_state_comes_back_unchanged(visitor):
    answer = decide(visitor, authorize(visitor), "allow", AU)
    assert answer["state"] == "st&te=1"


def test_cancel_sends_access_denied_to_the_app(visitor):
    answer = decide(visitor, authorize(visitor), "cancel")
    assert answer["error"] == "access_denied"


def test_consent_without_organisation_asks_again(visitor):
    page = authorize(visitor)
    handle = re.search(r'name="request" value="([^"]+)"', page.text)[1]
    answer = visitor.form(
        "/identity/connect/authorize", request=handle, decision="allow"
    )
    assert "Choose at least one organisation" in answer.text


def test_consent_page_refuses_to_be_framed(visitor):
    headers = authorize(visitor).headers
    assert headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]


@pytest.mark.parametrize("scope", ["accounting.transactions", "accounting.items"])
def test_broad_and_unknown_scopes_are_refused(visitor, scope):
    answer = authorize(visitor, scope=f"openid {scope}")
    assert answer.status == 302
    assert "error=invalid_scope" in answer.headers["Location"]


def test_unregistered_redirect_address_is_never_called(visitor):
    answer = authorize(visitor, redirect_uri="http://evil.example.com/x")
    assert answer.status == 400
    assert "Location" not in answer.headers


def test_code_works_once(visitor):
    code = decide(visitor, authorize(visitor), "allow", AU)["code"]
    assert exchange(visitor, code).status == 200
    again = exchange(visitor, code)
    assert (again.status, again.json) == (400, {"error": "invalid_grant"})


def test_code_expires_after_five_minutes(visitor):
    code = decide(visitor, authorize(visitor), "allow", AU)["code"]
    visitor.control("POST", "clock", advance=301)
    assert exchange(visitor, code).json == {"error": "invalid_grant"}


def test_code_needs_the_same_redirect_address(visitor):
    code = decide(visitor, authorize(visitor), "allow", AU)["code"]
    other = REDIRECT.replace("localhost", "127.0.0.1")
    assert exchange(visitor, code, redirect_uri=other).status == 400


def test_pkce_verifier_must_match(visitor):
    verifier = "v" * 43
    digest = hashlib.sha256(verifier.encode()).digest()
    challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    params = {"code_challenge": challenge, "code_challenge_method": "S256"}
    code = decide(visitor, authorize(visitor, **params), "allow", AU)["code"]
    assert exchange(visitor, code, code_verifier="w" * 43).status == 400
    code = decide(visitor, authorize(visitor, **params), "allow", AU)["code"]
    assert exchange(visitor, code, code_verifier=verifier).status == 200


def test_wrong_secret_is_invalid_client(visitor):
    answer = visitor.form(
        "/connect/token", "LOCAL-WEB-APP:wrong", grant_type="refresh_token"
    )
    assert (answer.status, answer.json) == (400, {"error": "invalid_client"})


def test_credentials_are_taken_from_the_form_too(visitor):
    answer = visitor.form(
        "/connect/token",
        client_id="LOCAL-CUSTOM-CONNECTION",
        client_secret="local-custom-secret",
        grant_type="client_credentials",
    )
    assert answer.status == 200


def test_refresh_rotates_the_refresh_token(xero):
    first = xero.grant()["refresh_token"]
    second = refresh(xero, first).json
    assert second["refresh_token"] != first
    assert refresh(xero, second["refresh_token"]).status == 200


def test_replaced_refresh_token_works_for_thirty_minutes(xero):
    first = xero.grant()["refresh_token"]
    refresh(xero, first)
    xero.control("POST", "clock", advance=29 * 60)
    assert refresh(xero, first).status == 200
    xero.control("POST", "clock", advance=2 * 60)
    assert refresh(xero, first).json == {"error": "invalid_grant"}


def test_refresh_token_dies_after_sixty_idle_days(xero):
    token = xero.grant()["refresh_token"]
    xero.control("POST", "clock", advance=60 * 86_400 + 1)
    assert refresh(xero, token).json == {"error": "invalid_grant"}


def test_no_refresh_token_without_offline_access(visitor):
    granted = visitor.grant(scopes="accounting.contacts")
    assert "refresh_token" not in granted


def test_access_token_expires_after_thirty_minutes(xero):
    xero.control("POST", "clock", advance=1801)
    answer = xero.api("GET", "/Organisation")
    assert answer.status == 401
    assert "TokenExpired" in answer.json["Detail"]


def test_client_credentials_need_no_tenant_header(visitor):
    answer = visitor.form("/connect/token", CUSTOM, grant_type="client_credentials")
    assert "refresh_token" not in answer.json
    visitor.token, visitor.tenant = answer.json["access_token"], ""
    [organisation] = visitor.api("GET", "/Organisation").json["Organisations"]
    assert organisation["Name"] == "Demo Company (AU)"


def test_client_credentials_reach_only_their_organisation(visitor):
    answer = visitor.form("/connect/token", CUSTOM, grant_type="client_credentials")
    visitor.token, visitor.tenant = answer.json["access_token"], UK
    assert visitor.api("GET", "/Organisation").status == 403


def test_client_credentials_with_a_broad_scope_are_refused(visitor):
    answer = visitor.form(
        "/connect/token",
        CUSTOM,
        grant_type="client_credentials",
        scope="accounting.transactions",
    )
    assert answer.json == {"error": "invalid_scope"}


def test_web_app_may_not_use_client_credentials(visitor):
    answer = visitor.form("/connect/token", WEB, grant_type="client_credentials")
    assert answer.json == {"error": "unauthorized_client"}


def test_one_token_reaches_every_connected_organisation(xero):
    for tenant, name in ((AU, "Demo Company (AU)"), (UK, "Demo Company (UK)")):
        xero.tenant = tenant
        [found] = xero.api("GET", "/Organisation").json["Organisations"]
        assert found["Name"] == name


def test_missing_tenant_header_is_forbidden(xero):
    xero.tenant = ""
    answer = xero.api("GET", "/Organisation")
    assert (answer.status, answer.json["Detail"]) == (403, "AuthenticationUnsuccessful")


def test_connection_is_deleted_by_its_own_id_not_the_tenant(xero):
    [first, _second] = xero.grant(tenants=[AU, UK])["connections"]
    headers = {"Authorization": f"Bearer {xero.token}"}
    wrong = xero.request("DELETE", f"/connections/{AU}", headers=headers)
    right = xero.request("DELETE", f"/connections/{first['id']}", headers=headers)
    assert (wrong.status, right.status) == (404, 204)
    assert xero.api("GET", "/Organisation").status == 403


def test_deleting_a_connection_leaves_the_tokens_alive(xero):
    granted = xero.grant(tenants=[AU, UK])
    headers = {"Authorization": f"Bearer {xero.token}"}
    path = f"/connections/{granted['connections'][0]['id']}"
    xero.request("DELETE", path, headers=headers)
    assert refresh(xero, granted["refresh_token"]).status == 200
    xero.tenant = UK
    assert xero.api("GET", "/Organisation").status == 200


def test_revocation_ends_tokens_and_all_connections(xero):
    token = xero.grant(tenants=[AU, UK])["refresh_token"]
    answer = xero.form("/connect/revocation", WEB, token=token)
    assert (answer.status, answer.content) == (200, b"")
    assert refresh(xero, token).status == 400
    assert xero.api("GET", "/Organisation").status == 401
    assert len(xero.grant(tenants=[UK])["connections"]) == 1


def test_reconnecting_keeps_the_connection_and_updates_it(xero):
    first = xero.grant(tenants=[AU])["connections"][0]
    xero.control("POST", "clock", advance=60)
    again = xero.grant(tenants=[AU])["connections"][0]
    assert again["id"] == first["id"]
    assert again["updatedDateUtc"] > again["createdDateUtc"]


def test_connections_can_be_asked_for_one_consent(xero):
    xero.grant(tenants=[AU])
    event = xero.grant(tenants=[UK])["connections"][-1]["authEventId"]
    headers = {"Authorization": f"Bearer {xero.token}"}
    path = f"/connections?authEventId={event}"
    found = xero.request("GET", path, headers=headers).json
    assert [each["tenantId"] for each in found] == [UK]


@pytest.mark.parametrize(
    ("scope", "path", "method", "status"),
    [
        ("accounting.contacts.read", "/Contacts", "GET", 200),
        ("accounting.contacts.read", "/Contacts", "PUT", 401),
        ("accounting.contacts", "/Invoices", "GET", 401),
        ("accounting.invoices", "/Items", "GET", 200),
        ("accounting.invoices", "/Quotes", "GET", 200),
        ("accounting.settings.read", "/TaxRates", "GET", 200),
        ("accounting.invoices", "/Payments", "GET", 401),
    ],
)
def test_scope_decides_what_may_be_called(visitor, scope, path, method, status):
    visitor.grant(scopes=scope)
    answer = visitor.api(method, path, {"Name": "X"} if method == "PUT" else None)
    assert answer.status == status
    if status == 401:
        assert "insufficent_scope" in answer.headers["WWW-Authenticate"]


def test_a_wrong_token_and_a_missing_scope_have_words_of_their_own(visitor):
    visitor.grant(scopes="accounting.contacts")
    assert visitor.api("GET", "/Items").json["Detail"] == "AuthorizationUnsuccessful"
    answer = visitor.api("GET", "/Items", headers={"Authorization": "Bearer nonsense"})
    assert (answer.status, answer.json["Detail"]) == (401, "AuthenticationUnsuccessful")


def test_attachments_need_their_own_scope(visitor):
    visitor.grant(scopes="accounting.invoices accounting.contacts.read")
    invoice = visitor.create("Invoices", visitor.invoice())
    path = f"/Invoices/{invoice['InvoiceID']}/Attachments"
    assert visitor.api("GET", path).status == 401
