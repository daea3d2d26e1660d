// swift-tools-version: 6.2
import PackageDescription

/// Every module compiles under the strictest settings that build together: explicit existentials,
/// explicit imports, explicit unsafety, and no warnings.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
  .strictMemorySafety(),
]

/// A module and its tests. A module may import only modules that stand above it in this file.
func part(
  _ name: String, imports: [Target.Dependency] = [], resources: [Resource]? = nil,
  testImports: [Target.Dependency] = [], testResources: [Resource]? = nil,
  plugins: [Target.PluginUsage]? = nil
) -> [Target] {
  [
    .target(
      name: name, dependencies: imports, resources: resources, swiftSettings: strict,
      plugins: plugins),
    .testTarget(
      name: "\(name)Tests", dependencies: [.byName(name: name)] + imports + testImports,
      resources: testResources, swiftSettings: strict),
  ]
}

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")
let collections = Target.Dependency.product(name: "Collections", package: "swift-collections")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

let package = Package(
  name: "marketsim",
  products: [.executable(name: "marketsim", targets: ["marketsim"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
  ],
  targets: [
    .systemLibrary(
      name: "CGSL", pkgConfig: "gsl", providers: [.apt(["libgsl-dev"]), .brew(["gsl"])]),
    .systemLibrary(name: "CacheHints"),
  ]
    + part("Quantities", imports: ["CacheHints"])
    + part("Kernel", imports: ["Quantities", "CGSL"])
    + part("Statistics", imports: ["Kernel", "Quantities", "CGSL"])
    + part("EVM", imports: ["Quantities"])
    + part(
      "Inference", imports: ["Quantities"],
      // Compiled in, so that a statically linked binary finds its catalogues on any machine.
      resources: [
        "gpus", "models", "engines", "coefficients", "kernels", "lengths", "weeks", "proofs",
      ].map {
        .embedInCode("Catalogue/\($0).csv")
      })
    // Fits the coefficients of `Inference` to measurements and says how far it is off.
    + part(
      "Calibration", imports: ["Inference", "Statistics", "Quantities", "CGSL"],
      testResources: [.copy("Reference")])
    + part("Contracts", imports: ["EVM", "Quantities"])
    + part(
      "Conformance", imports: ["Contracts", "EVM", "Quantities"], testResources: [.copy("Vectors")])
    // What observers see and conclude. It knows nothing of who cheats.
    + part("Detection", imports: ["Quantities"])
    // How right the observers were: the labels live here, where no detector can import them.
    + part("DetectionScoring", imports: ["Detection", "Statistics", "Kernel", "Quantities"])
    + part(
      "Market",
      imports: [
        "DetectionScoring", "Detection", "Contracts", "EVM", "Inference", "Statistics", "Kernel",
        "Quantities",
      ])
    + part("Report", imports: ["Statistics", "Quantities"])
    + part(
      "Experiments",
      imports: ["Market", "Report", "Statistics", "Kernel", "Quantities", "CGSL"])
    + part(
      "Validation",
      imports: [
        "Market", "Detection", "EVM", "Inference", "Statistics", "Kernel", "Quantities", "CGSL",
      ])
    + part(
      "Scenario",
      imports: [
        "Experiments", "Market", "Contracts", "Inference", "Statistics", "Quantities", yams,
        collections,
      ])
    // Recompiled whenever a source file changes, so nothing but the executable imports it.
    + part("BuildIdentity", plugins: ["SourceDigest"])
    + [
      .plugin(
        name: "SourceDigest", capability: .buildTool(), path: "Sources/SourceDigest"),
      .executableTarget(
        name: "marketsim",
        dependencies: [
          "Scenario", "Experiments", "Validation", "Report", "Statistics", "Conformance", "Market",
          "DetectionScoring", "Detection", "Contracts", "EVM", "Inference", "Calibration", "Kernel",
          "Quantities", "CGSL", "BuildIdentity",
          argumentParser,
        ],
        swiftSettings: strict),
      .testTarget(name: "marketsimTests", dependencies: ["marketsim"], swiftSettings: strict),
    ]
)
