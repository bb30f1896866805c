package dev.gatewarden.gateway.limits;

import java.util.concurrent.atomic.AtomicInteger;

/// The keys of one limit of one guard, which have a share of the table.
final class Family {
  final String name;

  /// How much room they take.
  final AtomicInteger room = new AtomicInteger();

  /// How many families of the same guard have a name of their own; of the guard's own family alone.
  final AtomicInteger named = new AtomicInteger();

  Family(String name) {
    this.name = name;
  }
}
