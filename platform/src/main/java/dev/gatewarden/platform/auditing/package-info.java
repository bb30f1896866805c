/// Audits of contracts: rules run, findings ranked by risk, the contract scored.
@NullMarked
package dev.gatewarden.platform.auditing;

import org.jspecify.annotations.NullMarked;
