import { Component, onWillStart, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useBus, useService } from "@web/core/utils/hooks";

const GROUP = "xero_sync.xero_sync_group_accountant";
const EVERY = 5000; // milliseconds; pages opened sooner than that ask nothing

/** How many Xero issues are open; counts again when another page is opened. */
export class XeroIssueSystray extends Component {
    static template = "xero_sync.XeroIssueSystray";
    static props = {};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ count: 0 });
        onWillStart(async () => {
            this.mayCure = await user.hasGroup(GROUP);
            this.count();
        });
        useBus(this.env.bus, "ACTION_MANAGER:UI-UPDATED", () => this.countLater());
    }

    countLater() {
        browser.clearTimeout(this.timeout);
        const wait = Math.max(0, (this.countedAt || 0) + EVERY - Date.now());
        this.timeout = browser.setTimeout(() => this.count(), wait);
    }

    async count() {
        if (!this.mayCure) {
            return;
        }
        this.countedAt = Date.now();
        const open = [["state", "=", "open"]];
        try {
            this.state.count = await this.orm.silent.searchCount("xero.issue", open);
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
