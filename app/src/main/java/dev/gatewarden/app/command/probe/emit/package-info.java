/// Probe tests: findings written down so that they can be committed and tried again.
@NullMarked
package dev.gatewarden.app.command.probe.emit;

import org.jspecify.annotations.NullMarked;
