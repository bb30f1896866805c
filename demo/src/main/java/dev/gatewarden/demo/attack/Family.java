package dev.gatewarden.demo.attack;

import java.util.List;

/// Attacks of one kind, and why they work and stop working.
///
/// @param why two or three sentences for somebody who has only heard of it
public record Family(String title, String why, List<Row> rows) {

  public Family {
    rows = List.copyOf(rows);
  }
}
