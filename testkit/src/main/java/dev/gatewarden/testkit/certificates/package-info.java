/// Certificates made for tests: issuers, what they issue, and what they revoke.
@NullMarked
package dev.gatewarden.testkit.certificates;

import org.jspecify.annotations.NullMarked;
