/// Labelled images: reading them, and handing them out in batches whose order and contents depend
/// on a seed alone.
package dev.lanegrad.data;
