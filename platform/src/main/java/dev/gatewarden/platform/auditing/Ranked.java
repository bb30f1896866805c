package dev.gatewarden.platform.auditing;

import dev.gatewarden.core.finding.Finding;

/// A finding and how much it matters.
public record Ranked(Finding finding, Risk risk) {}
