/// Attacks a running API like somebody who knows its rules, and tells what the answers prove.
@NullMarked
package dev.gatewarden.platform.probing;

import org.jspecify.annotations.NullMarked;
