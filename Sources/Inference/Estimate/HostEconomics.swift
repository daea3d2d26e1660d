/// What an hour of a host costs its owner, and what tokens must earn for that.
///
/// USD throughout.
public struct HostEconomics: Equatable, Sendable {
  /// Watts while it works; nothing is counted while it stands idle.
  public var power: Double
  /// Per kWh.
  public var electricityPrice: Double
  /// Per hour, busy or not, with the electricity of whoever rents it out.
  public var rent: Double?
  /// Price of the hardware and the hours over which it is written off evenly.
  public var capital: (price: Double, hours: Double)?
  /// Share of its hours that it works, 0 … 1.
  public var utilisation: Double

  public init(
    power: Double, electricityPrice: Double, rent: Double? = nil,
    capital: (price: Double, hours: Double)? = nil, utilisation: Double = 1
  ) {
    precondition(power >= 0 && electricityPrice >= 0 && utilisation > 0 && utilisation <= 1)
    self.power = power
    self.electricityPrice = electricityPrice
    self.rent = rent
    self.capital = capital
    self.utilisation = utilisation
  }

  public static func == (one: HostEconomics, other: HostEconomics) -> Bool {
    one.power == other.power && one.electricityPrice == other.electricityPrice
      && one.rent == other.rent && one.utilisation == other.utilisation
      && one.capital?.price == other.capital?.price && one.capital?.hours == other.capital?.hours
  }

  /// Of a second of work, in USD: electricity, and the second's part of capital or else rent.
  public var costPerBusySecond: Double {
    let hourly = capital.map { $0.price / $0.hours } ?? rent ?? 0
    let paysElectricity = capital != nil || rent == nil
    return hourly / 3_600 / utilisation
      + (paysElectricity ? power / 3.6e6 * electricityPrice : 0)
  }

  /// Energy for a million tokens at `tokensPerSecond` while working, in kWh.
  public func energyPerMillion(tokensPerSecond: Double) -> Double {
    power / tokensPerSecond * 1e6 / 3.6e6
  }

  public func electricityPerMillion(tokensPerSecond: Double) -> Double {
    energyPerMillion(tokensPerSecond: tokensPerSecond) * electricityPrice
  }

  /// What a million tokens must earn to pay the rent; nil without one.
  public func rentPerMillion(tokensPerSecond: Double) -> Double? {
    rent.map { perMillion(hourly: $0, tokensPerSecond) }
  }

  /// What a million tokens must earn to pay the hardware; nil without a price for it.
  public func capitalPerMillion(tokensPerSecond: Double) -> Double? {
    capital.map { perMillion(hourly: $0.price / $0.hours, tokensPerSecond) }
  }

  /// The price of a million tokens at which an owner of the hardware, or else a tenant, neither gains
  /// nor loses; of the electricity alone where neither is known.
  public func breakEvenPerMillion(tokensPerSecond: Double) -> Double {
    let electricity = electricityPerMillion(tokensPerSecond: tokensPerSecond)
    if let capital = capitalPerMillion(tokensPerSecond: tokensPerSecond) {
      return capital + electricity
    }
    return rentPerMillion(tokensPerSecond: tokensPerSecond) ?? electricity
  }

  private func perMillion(hourly: Double, _ tokensPerSecond: Double) -> Double {
    hourly / (tokensPerSecond * 3_600 * utilisation) * 1e6
  }
}
