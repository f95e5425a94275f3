"""No working channel for enquiries."""
