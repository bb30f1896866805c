package dev.gatewarden.demo.attack;

/// The texts of API keys that people hold.
///
/// @param warehouse opens the stock
/// @param ended did so, until it was taken back
/// @param auditor opens the list of orders and nothing else
public record Keys(String warehouse, String ended, String auditor) {
  /// Nothing of them.
  @Override
  public String toString() {
    return "Keys";
  }
}
