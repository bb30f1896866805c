package dev.gatewarden.gateway.conformity;

/// A place of a contract that answers break: never a value.
///
/// @param at where in the answer, as a JSON pointer in which `*` stands for every item and for
///     every
///     name that the contract does not declare
/// @param keyword where in the contract; empty for a field or a status that it does not know
/// @param sentence what is wrong
public record Fault(String at, String keyword, String sentence) {}
