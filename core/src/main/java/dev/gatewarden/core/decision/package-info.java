/// Guards, their verdicts, and how verdicts become one decision.
@NullMarked
package dev.gatewarden.core.decision;

import org.jspecify.annotations.NullMarked;
