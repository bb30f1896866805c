/// What an API promises: its operations, who may call them, and whose objects they touch.
@NullMarked
package dev.gatewarden.core.contract;

import org.jspecify.annotations.NullMarked;
