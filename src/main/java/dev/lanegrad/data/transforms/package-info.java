/// Changes of pictures `[C, H, W]`, with the names and defaults of torchvision's. They take and
/// give numbers of any type: uint8 from 0 to 255, or float32 from 0 to 1, and leave the type as it
/// is.
package dev.lanegrad.data.transforms;
