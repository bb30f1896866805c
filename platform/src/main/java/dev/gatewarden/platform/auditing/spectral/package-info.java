/// Rulesets of Spectral that users already have, run over a contract: paths, functions, findings.
@NullMarked
package dev.gatewarden.platform.auditing.spectral;

import org.jspecify.annotations.NullMarked;
