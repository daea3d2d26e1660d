/// The EVM module of marketsim; see README for its part in the architecture.
