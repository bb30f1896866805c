package dev.gatewarden.gateway.walk;

import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.gateway.pipeline.Seat;
import java.util.List;

/// Who judges one operation as it is served: read from the plan by which requests are judged, so
/// that it cannot say anything else.
public record InForce(Operation operation, List<Seat> seats) {
  public InForce {
    seats = List.copyOf(seats);
  }
}
