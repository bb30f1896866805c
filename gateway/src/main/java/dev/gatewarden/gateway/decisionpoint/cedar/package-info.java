/// Policies in Cedar's language, judged by its own engine inside the gate.
@NullMarked
package dev.gatewarden.gateway.decisionpoint.cedar;

import org.jspecify.annotations.NullMarked;
