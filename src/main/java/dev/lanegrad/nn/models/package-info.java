/// Networks for images, with the names and starting values of torchvision's, and for text.
package dev.lanegrad.nn.models;
