from lxml import html

from odoo.tests import HttpCase, tagged


@tagged("post_install", "-at_install")
class TestManual(HttpCase):
    """The manual, as Odoo shows it."""

    def test_menu_opens_the_manual_with_its_pictures(self):
        address = self.env.ref("xero_sync.xero_manual_action").url
        answer = self.url_open(address)
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(answer.headers["Content-Type"], "text/html; charset=utf-8")
        page = html.fromstring(answer.content)
        self.assertTrue(page.xpath("//*[@id='accounting']"))
        picture = page.xpath("//img/@src")[0]
        directory = address.rpartition("/")[0]
        self.assertEqual(self.url_open(f"{directory}/{picture}").status_code, 200)

    def test_page_of_the_app_keeps_the_pictures_and_links_of_the_manual(self):
        app = self.env.ref("base.module_xero_sync")
        page = html.fromstring(app.description_html)
        directory = "/xero_sync/static/description"
        self.assertIn(f"{directory}/order.png", page.xpath("//img/@src"))
        link = f"{directory}/index.html#accounting"
        self.assertIn(link, page.xpath("//a/@href"))
        self.assertFalse(page.xpath("//style"))
