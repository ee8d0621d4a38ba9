import os

from hypothesis import HealthCheck, Phase, seed, settings

SEED = int(os.environ.get("XERO_SYNC_MONEY_SEED", "20261122"))
TIMES = int(os.environ.get("XERO_SYNC_MONEY_TIMES", "1"))
BATCH = 25


def batches(count):
    """Decorator: run a property on so many batches of documents, the same every day."""

    def decorate(function):
        return seed(SEED)(
            settings(
                max_examples=count,
                database=None,
                deadline=None,
                # The assertion names the one document of the batch
                phases=[Phase.generate],
                print_blob=True,
                report_multiple_bugs=False,
                suppress_health_check=list(HealthCheck),
            )(function)
        )

    return decorate
