package dev.gatewarden.core.document;

/// Something wrong with what the operator wrote: where it stands, what it is, and what to do about
/// it.
///
/// @param advice what to do, or the empty text when the message says it
public record Problem(Place place, String message, String advice) {

  public Problem(Place place, String message) {
    this(place, message, "");
  }

  @Override
  public String toString() {
    return place + ": " + message + (advice.isEmpty() ? "" : "; " + advice);
  }
}
