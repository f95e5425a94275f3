"""What other programs and other offices ask: who visits, whether all is well, figures."""
