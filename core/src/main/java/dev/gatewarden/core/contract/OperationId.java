package dev.gatewarden.core.contract;

/// The name of an operation across all APIs, `shop.getOrder`.
///
/// @param api the API's name in the configuration
/// @param name the contract's `operationId`, or method and template, `get /orders/{orderId}`, where
///     it has none
public record OperationId(String api, String name) {

  @Override
  public String toString() {
    return api + "." + name;
  }
}
