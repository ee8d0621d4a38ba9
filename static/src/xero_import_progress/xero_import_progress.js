import {
    ProgressBarField,
    progressBarField,
} from "@web/views/fields/progress_bar/progress_bar_field";
import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { onWillUnmount } from "@odoo/owl";

const WORKING = ["reading", "running"];
const EVERY = 2000; // milliseconds

/** How far an import has come; looks again while it works and nobody edits. */
export class XeroImportProgressField extends ProgressBarField {
    setup() {
        super.setup();
        this.interval = browser.setInterval(() => this.look(), EVERY);
        onWillUnmount(() => browser.clearInterval(this.interval));
    }

    async look() {
        const record = this.props.record;
        const working = WORKING.includes(record.data.state);
        if (working && !this.looking && !(await record.isDirty())) {
            this.looking = true;
            try {
                await record.load();
            } finally {
                this.looking = false;
            }
        }
    }
}

registry.category("fields").add("xero_import_progress", {
    ...progressBarField,
    component: XeroImportProgressField,
});
