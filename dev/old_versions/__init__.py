"""Databases of earlier versions, brought up to today's code."""
