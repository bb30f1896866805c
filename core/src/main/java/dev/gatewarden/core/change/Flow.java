package dev.gatewarden.core.change;

/// Which way a value travels between a caller and the API.
enum Flow {
  REQUEST,
  RESPONSE;

  /// The one of two kinds that fits.
  Kind of(Kind request, Kind response) {
    return this == REQUEST ? request : response;
  }
}
