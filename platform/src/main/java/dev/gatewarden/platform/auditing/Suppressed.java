package dev.gatewarden.platform.auditing;

/// A finding that somebody answers for, and why.
public record Suppressed(Ranked ranked, Suppression by) {}
