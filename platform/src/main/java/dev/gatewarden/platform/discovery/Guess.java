package dev.gatewarden.platform.discovery;

/// One thing that a binding would say, and why it is believed.
///
/// @param at a JSON pointer from the object
/// @param is the part of the caller it equals; empty where none is meant
/// @param sure how much speaks for it, from 0 to 1
/// @param evidence a sentence for whoever reviews it
record Guess(String at, String is, double sure, String evidence) {

  /// In a word.
  String confidence() {
    return sure >= 0.85 ? "high" : sure >= 0.6 ? "medium" : "low";
  }
}
