package dev.gatewarden.app.command;

/// How a command prints its result.
enum Format {
  TEXT,
  JSON
}
