import Market
import Scenario
import Statistics
import Testing

@testable import marketsim

@Suite("The metric of an expectation") struct ExpectationNamesTests {
  @Test("is named with its unit or without", arguments: MetricSet.market.entries.map(\.header))
  func both(header: String) throws {
    let index = try #require(MetricSet.market.index(named: header))
    let entry = MetricSet.market.entries[index]
    #expect(MetricSet.market.index(named: entry.name) == index)
    #expect(complaints(header) == "" && complaints(entry.name) == "")
  }

  @Test("is suggested in the form that was nearly written") func suggestions() {
    #expect(complaints("latensy_p95_s").hasSuffix("did you mean \"latency_p95_s\"?"))
    #expect(complaints("latensy_p95").hasSuffix("did you mean \"latency_p95\"?"))
    #expect(complaints("bogus").contains("write one of: jobs_requested, "))
  }

  private func complaints(_ metric: String) -> String {
    let text = """
      marketsim: 1
      name: small
      seed: 7
      duration: 1h
      hosts: [{name: home, count: 2, gpu: rtx4090, serves: llama3-8b@q4_k_m}]
      renters: [{name: chat, count: 3, arrivals: {poisson: {rate: 1/s}}, lengths: azure-conv-fit}]
      detectors:
        [controllerThreshold, fundingCluster, claimTiming, sharedCustomers, sybilRank, eigenTrust,
        selfDealing]
      reputationModels: [contract, beta, ewma, eigenTrust]
      expect: [{metric: \(metric), below: 1}]

      """
    do {
      _ = try ScenarioFile.load(path: "s.yaml", metrics: LoadedScenario.metricNames) { _, _ in
        .success(Array(text.utf8))
      }
      return ""
    } catch { return error.description }
  }
}
