# marketsim. `make run` and `make test` install what is missing, build and do their work.

SWIFT ?= swift
SCENARIO ?= Scenarios/baseline.yaml
RUN_FLAGS ?=
# Tests are built apart: -enable-testing is not for the program that is measured.
TEST_SCRATCH = .build-test
PROGRAM = .build/release/marketsim

.PHONY: run test build bench lint format clean dependencies scenarios

run: build
	$(PROGRAM) run $(SCENARIO) $(RUN_FLAGS)

build: dependencies
	$(SWIFT) build -c release --product marketsim

# In release, because tests that simulate take minutes in debug.
test: dependencies
	$(SWIFT) test -c release -Xswiftc -enable-testing --scratch-path $(TEST_SCRATCH)

bench: build
	$(PROGRAM) bench
	MARKETSIM=$(PROGRAM) sh .ci/bench-peers.sh
	MARKETSIM=$(PROGRAM) sh .ci/bench-sweep.sh

scenarios: build
	PROGRAM=$(PROGRAM) sh .ci/scenarios.sh

lint:
	$(SWIFT) format lint --strict -r Package.swift Sources Tests

format:
	$(SWIFT) format -i -r Package.swift Sources Tests

clean:
	rm -rf .build $(TEST_SCRATCH)

dependencies:
	@sh .ci/dependencies.sh
