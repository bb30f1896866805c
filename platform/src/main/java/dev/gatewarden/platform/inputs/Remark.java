package dev.gatewarden.platform.inputs;

import dev.gatewarden.core.document.Problem;

/// Something that was not taken from a collection or a recording, and why.
///
/// @param request what it is about, as its author calls it; the empty text for the whole document
/// @param problem where it stands, what it is, and what to do about it
public record Remark(String request, Problem problem) {
  @Override
  public String toString() {
    return (request.isEmpty() ? "" : "`" + request + "`: ") + problem.message();
  }
}
