/// The Conformance module of marketsim; see README for its part in the architecture.
