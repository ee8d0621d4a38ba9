import { ListController } from "@web/views/list/list_controller";
import { browser } from "@web/core/browser/browser";
import { listView } from "@web/views/list/list_view";
import { onMounted, onWillUnmount } from "@odoo/owl";
import { registry } from "@web/core/registry";

const ON_THE_WAY = ["pending", "sending", "held"];
const FIRST_WAIT = 1000; // milliseconds
const LAST_WAIT = 15000;
const LOOKS = 60;

/**
 * A list of documents on their way to Xero. It looks again while one of those on the page
 * is not there, each time after a longer while; and not while the user has chosen some.
 */
export class XeroFollowedListController extends ListController {
    setup() {
        super.setup();
        onMounted(() => this.lookLater(FIRST_WAIT, LOOKS));
        onWillUnmount(() => browser.clearTimeout(this.timeout));
    }

    lookLater(wait, looks) {
        this.timeout = browser.setTimeout(() => this.look(wait, looks), wait);
    }

    async look(wait, looks) {
        const { records, selection } = this.model.root;
        const waits = records.some((record) => ON_THE_WAY.includes(record.data.state));
        if (waits && !selection.length) {
            await this.model.load();
        }
        if (looks) {
            this.lookLater(Math.min(wait * 1.3, LAST_WAIT), looks - 1);
        }
    }
}

registry.category("views").add("xero_followed_list", {
    ...listView,
    Controller: XeroFollowedListController,
});
