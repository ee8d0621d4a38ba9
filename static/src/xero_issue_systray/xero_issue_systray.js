import { Component, onWillStart, onWillUnmount, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";

const GROUP = "xero_sync.xero_sync_group_accountant";
const CHANGED = "xero_sync.issues_changed"; // the server's word that the count did
const LOST = "reconnect"; // kind of the issue of a lost connection
const EVERY = 5000; // milliseconds; changes sooner than that are counted together

/** How many Xero issues are open, and whether Xero is connected, on every page. */
export class XeroIssueSystray extends Component {
    static template = "xero_sync.XeroIssueSystray";
    static props = {};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.bus = useService("bus_service");
        this.state = useState({ count: 0, isLost: false });
        const countLater = () => this.countLater();
        onWillStart(async () => {
            if (await user.hasGroup(GROUP)) {
                this.bus.subscribe(CHANGED, countLater);
                this.count();
            }
        });
        onWillUnmount(() => {
            this.bus.unsubscribe(CHANGED, countLater);
            browser.clearTimeout(this.timeout);
        });
    }

    countLater() {
        browser.clearTimeout(this.timeout);
        const wait = Math.max(0, this.countedAt + EVERY - Date.now());
        this.timeout = browser.setTimeout(() => this.count(), wait);
    }

    async count() {
        this.countedAt = Date.now();
        const open = [["state", "=", "open"]];
        try {
            const kinds = await this.orm.silent.formattedReadGroup(
                "xero.issue",
                open,
                ["kind"],
                ["__count"]
            );
            this.state.count = kinds.reduce((sum, each) => sum + each.__count, 0);
            this.state.isLost = kinds.some((each) => each.kind === LOST);
        } catch {
            // Odoo tells by itself that it is away; the last count stays meanwhile.
        }
    }

    open() {
        this.action.doAction("xero_sync.xero_issue_action", {
            clearBreadcrumbs: true,
        });
    }
}

registry
    .category("systray")
    .add("xero_sync.issues", { Component: XeroIssueSystray }, { sequence: 24 });
