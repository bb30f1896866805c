/// Questions to whoever decides on objects, and the answers.
@NullMarked
package dev.gatewarden.core.policy;

import org.jspecify.annotations.NullMarked;
