/// Networks, with the names and starting values of torchvision's.
package dev.lanegrad.nn.models;
