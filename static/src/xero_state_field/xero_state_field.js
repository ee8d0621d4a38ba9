import { BadgeField, badgeField } from "@web/views/fields/badge/badge_field";
import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { useEffect } from "@odoo/owl";

const COLOURS = {
    pending: "info",
    sending: "info",
    synced: "success",
    held: "warning",
    mismatch: "warning",
    failed: "danger",
};
const ON_THE_WAY = ["pending", "sending", "held"];
const FIRST_WAIT = 1000; // milliseconds
const LAST_WAIT = 15000;

/** The state of a record in Xero, in the same colours everywhere. */
export class XeroStateField extends BadgeField {
    get badgeClass() {
        return `text-bg-${COLOURS[this.props.record.data[this.props.name]] || "300"}`;
    }
}

/**
 * The state of the document whose form is open. It looks again while the document is on
 * its way: the number appears without a reload of the page. Each look waits longer than
 * the one before, and the last one gives up, until the state changes again; nothing is
 * reloaded while the user edits.
 */
export class XeroFollowedStateField extends XeroStateField {
    setup() {
        super.setup();
        useEffect(
            () => {
                this.lookLater(FIRST_WAIT);
                return () => browser.clearTimeout(this.timeout);
            },
            () => [this.stateNow]
        );
    }

    get stateNow() {
        return this.props.record.data[this.props.name];
    }

    lookLater(wait) {
        browser.clearTimeout(this.timeout);
        this.timeout = browser.setTimeout(() => this.look(wait), wait);
    }

    async look(wait) {
        const record = this.props.record;
        if (ON_THE_WAY.includes(this.stateNow) && !(await record.isDirty())) {
            await record.load();
        }
        if (wait < LAST_WAIT) {
            this.lookLater(wait * 1.5);
        }
    }
}

const fields = registry.category("fields");
fields.add("xero_state", {
    ...badgeField,
    component: XeroStateField,
    supportedTypes: ["selection"],
});
fields.add("xero_followed_state", {
    ...badgeField,
    component: XeroFollowedStateField,
    supportedTypes: ["selection"],
});
