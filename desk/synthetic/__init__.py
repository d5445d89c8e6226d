"""Made-up districts of known sizes, the same on every run: for benchmarks and load tests."""
