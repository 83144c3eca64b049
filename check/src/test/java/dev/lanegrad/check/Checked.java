package dev.lanegrad.check;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.Property;

/// A property with the same cases at every run; a failure prints its seed.
@Property(tries = 100, seed = "42", afterFailure = AfterFailureMode.RANDOM_SEED)
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Checked {}
