internal import Report
public import Statistics

/// `Results/README.md`: every file and column of a results folder, generated from the declarations.
public enum ResultsGuide {
  /// - Parameters:
  ///   - tables: What the model streams, declared without a replication column.
  ///   - onRequest: Names of those that are written only when asked for.
  public static func markdown(
    metrics: MetricSet, tables: [TableSchema], onRequest: Set<String>
  ) -> String {
    let listed = tables.map { table in
      "- `\(table.name).csv`\(onRequest.contains(table.name) ? " (on request)" : ""): \(table.meaning)"
    }
    return """
      # Results

      \(layout)
      \(listed.joined(separator: "\n"))

      ## Metrics

      Each statistic is a column of `replications.csv`, its unit appended, and a row of `summary.csv`.
      Quantiles of metrics (`_p50`, `_p90`, …) interpolate between the nearest two observations, as NumPy
      and R do; of more than 1,024 observations they are within 0.5 % of that. Quantiles of the scores of
      a cohort's hosts (`score_p50`, …) are scores that a host has: the lowest that at least that share of
      the hosts do not exceed.

      \(ColumnDocumentation.markdown(of: metrics))
      \(ColumnDocumentation.markdown(of: fixedTables + tables.map(\.withReplication)))
      # Sweeps

      \(sweepLayout)

      \(ColumnDocumentation.markdown(of: sweepTables))
      """
  }

  private static var fixedTables: [TableSchema] {
    [SummaryTable.schema, ReplicationTable.schema(of: MetricSet([])), ExpectationTable.schema]
  }

  /// Without factors and metrics, which are those of the sweep.
  private static var sweepTables: [TableSchema] {
    let plan = SweepPlan(
      name: "", design: SweepDesign(paths: [], points: [[]]), runs: [""], seed: 0, replications: 1,
      metrics: [], build: "")
    let tables = SweepTables(plan, metrics: MetricSet([]))
    return [
      tables.results, tables.points, tables.design, SweepSensitivity.schema,
      SweepVerdictTable.schema,
    ]
  }

  private static let sweepLayout = """
    A sweep writes `Results/<sweep>/<sweep id>/`. The id is a digest of `plan.json`: the resolved
    scenario of every point, the design, the replications, the metrics asked for and the build. Shard
    2 of 4 goes to `<sweep id>.shard-2-of-4/`, with `results.csv`, `plan.json` and `manifest.json`
    alone; `marketsim merge` makes the sweep of all of them, with the same bytes.

    Until a sweep is complete its folder is named `<sweep id>.partial`, and `journal.csv` there has
    the columns of `results.csv` and a row for every finished run, in order of finishing. It may be
    read at any time; the same command goes on from it.

    Each factor is a column named by its path: a number with the unit in the header where all its
    values are numbers of one unit, else the text as written. It stands after the columns below up to
    `reason`, `failed` or `run`; metrics stand last.
    """

  private static let layout = """
    A run writes `Results/<scenario>/<run id>/`. The run id is a digest of the resolved scenario, the
    seed, the number of replications, the tables asked for and the build: equal ids mean equal bytes,
    so a finished run is found and not repeated (`--force` repeats it).

    While a run is under way, or after it was interrupted or killed, its folder is named
    `<run id>.partial`: `replications/<n>/` holds each finished replication, and the same command
    goes on from there. After an interrupt, `replications.csv`, `summary.csv` and `manifest.json`
    there say what is known so far.

    CSV files are UTF-8 with LF and a header; text is quoted where RFC 4180 asks for it. Headers end
    in their unit. Real numbers are the shortest decimals that read back as the same double, plain
    from 1e-6 up to 1e21 and with an exponent outside; times and token amounts are exact decimals. An
    empty cell is absent, `inf` infinite. Rows are in order of replication, then of time or number.

    With `horizon: steadyState`, metrics and the totals of the tables of hosts, renters and gas count
    from the end of the warm-up on: events from that instant, levels averaged from it, and whatever is
    under way then as far as it happens later. `warm_up_s` in `replications.csv` is that instant: the
    warm-up of the scenario, or what MSER-5 finds in the replication. MSER-5 watches requests under
    way, hosts at work and the base fee, one observation a block in batches of five, deletes for each
    the leading batches, half of the run at most, whose removal minimises the marginal standard error
    of the mean of the rest, keeps the end of them whose deletion moves that mean by less than a
    thousandth, and takes the longest of the three. Where half of the run is deleted,
    `warm_up_undetermined` is 1 and the run should be longer. Tables of single events and samples
    (`timeseries`, `reputation`, `jobs`, `transactions`, `events`) hold the warm-up too.

    - `manifest.json`: run id, status, scenario and its digest, seed, counts of replications, version,
      build, digest of the events; `provenance` is the only part that may differ between equal runs.
    - `scenario.txt`: the resolved scenario that the run id stands for.
    - `summary.csv`: \(SummaryTable.schema.meaning)
    - `replications.csv`: \(ReplicationTable.schema(of: MetricSet([])).meaning)
    - `expectations.csv`: \(ExpectationTable.schema.meaning) Only when the scenario has any.
    """
}
