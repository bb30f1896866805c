/// Audits of contracts, as a pipeline runs them.
@NullMarked
package dev.gatewarden.acceptance.auditing;

import org.jspecify.annotations.NullMarked;
