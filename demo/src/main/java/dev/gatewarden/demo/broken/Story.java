package dev.gatewarden.demo.broken;

import dev.gatewarden.core.decision.Threat;

/// What there is to know about a fault.
///
/// @param title what is wrong, in a few words
/// @param cwe the number of the weakness in the Common Weakness Enumeration
/// @param where the operation it shows at, or the whole API
/// @param shown how a person shows it
/// @param repaired what happens instead when it is mended
public record Story(
    String title, Threat threat, int cwe, String where, String shown, String repaired) {}
