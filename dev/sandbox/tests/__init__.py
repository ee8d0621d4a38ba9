"""Tests of the local Xero, over HTTP against the real server."""
