/// What is kept on disk: today the decisions of one day.
@NullMarked
package dev.gatewarden.platform.store;

import org.jspecify.annotations.NullMarked;
