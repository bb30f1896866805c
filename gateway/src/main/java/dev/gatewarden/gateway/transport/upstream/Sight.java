package dev.gatewarden.gateway.transport.upstream;

import java.util.List;

/// How one API's service stands, as the gate sees it.
///
/// @param breaker 0 closed, 1 half open, 2 open
/// @param opened how often its breaker has opened
/// @param inside requests that are at it now
/// @param waiting requests that wait for one of those to end
/// @param tries requests sent to it, each time anew
/// @param repeated those of them that were sent again
/// @param overBudget how often something was not tried again because others were already
/// @param resting requests refused because its breaker was open
/// @param full requests refused because too many were at it
public record Sight(
    String api,
    int breaker,
    long opened,
    int inside,
    int waiting,
    long tries,
    long repeated,
    long overBudget,
    long resting,
    long full,
    List<Place> places) {
  public Sight {
    places = List.copyOf(places);
  }

  /// One place of it.
  ///
  /// @param name host and port as the operator wrote them
  /// @param busy requests that are there now
  /// @param breaker 0 closed, 1 half open, 2 open
  /// @param ejected whether it is left out because its calls failed
  /// @param ejections how often it was
  /// @param well whether it says that it is well, where it is asked
  public record Place(
      String name, int busy, int breaker, boolean ejected, long ejections, boolean well) {}
}
