"""The self-check engine: plain values in, plain values out; standard library only, no clock, no I/O."""
