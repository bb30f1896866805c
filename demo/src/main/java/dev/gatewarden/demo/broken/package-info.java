/// Small APIs in several styles, whose faults are switches: what tests of APIs are judged by.
@NullMarked
package dev.gatewarden.demo.broken;

import org.jspecify.annotations.NullMarked;
