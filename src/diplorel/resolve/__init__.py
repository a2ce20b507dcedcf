"""From a set of records to the events that they report: corrections, accounts, policies."""
