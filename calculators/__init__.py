"""
Calculators of *The Fine-Tuning Trap*: what five ways to use a language model cost.

Typed, pure functions of a few groups of inputs. They read no clock, no file outside this package and no
network, so that the same scenario gives the same answer on a build machine, in a terminal and in a browser.
"""

__version__ = "0.9.0"
