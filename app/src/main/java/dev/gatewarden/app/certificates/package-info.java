/// Certificate requests of partners, checked and signed offline.
@NullMarked
package dev.gatewarden.app.certificates;

import org.jspecify.annotations.NullMarked;
