/// A jqwik extension: tensors of random shape, layout and values as parameters of properties.
///
/// ```java
/// @Property
/// void myFunctionHasTheGradientItStates(@ForAll @Tensors(min = 0.1, max = 3) Tensor x) {
///     GradCheck.require(t -> myFunction(t), x);
/// }
/// ```
///
/// A failure is shrunk to few axes, short axes and a plain layout.
package dev.lanegrad.check;
