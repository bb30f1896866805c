package dev.gatewarden.core.identity;

/// One side of who a caller is. Two proofs that name different values for the same facet contradict
/// each other.
public enum Facet {
  SUBJECT,
  CLIENT,
  WORKLOAD,
  SENDER,
  PROOF_KEY
}
