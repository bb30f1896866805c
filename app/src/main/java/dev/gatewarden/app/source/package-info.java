/// The program's own sources, read for what their comments say.
@NullMarked
package dev.gatewarden.app.source;

import org.jspecify.annotations.NullMarked;
